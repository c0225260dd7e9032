using System.Text;

using Ledger.Integrity.Canonical;
using Ledger.Integrity.Statements;

namespace Ledger.Integrity.Tests.Statements;

public class StatementTests
{
    private const string PredicateType = "https://ledger.example/sign-off/v1";
    private const string Hex = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private const string Good = $$$"""{"_type":"https://in-toto.io/Statement/v1","predicateType":"t:p","subject":[{"digest":{"sha256":"{{{Hex}}}"}}]}""";

    private static Statement SignOff => new([new Subject("api", Digests.Of(Hash.Sha256("abc"u8)))], PredicateType, """{ "stage": "technical", "meaning": "approved" }"""u8);

    [Fact]
    public void A_statement_is_canonical_JSON_of_type_subjects_and_predicate()
    {
        Golden.ShouldMatch(Encoding.UTF8.GetString(SignOff.ToBytes()), "Statement.json");
        CanonicalJson.IsCanonical(SignOff.ToBytes()).ShouldBeTrue();
        Encoding.UTF8.GetString(SignOff.Predicate.Span).ShouldBe("""{"meaning":"approved","stage":"technical"}""");
    }

    [Fact]
    public void What_was_read_is_written_again_byte_for_byte()
    {
        Statement.TryParse(SignOff.ToBytes(), out var statement, out var error).ShouldBeTrue(error);
        statement.ToBytes().ShouldBe(SignOff.ToBytes());
        statement.Subjects.ShouldBe(SignOff.Subjects);
        statement.PredicateType.ShouldBe(PredicateType);
        Statement.TryParse(Encoding.UTF8.GetBytes(Good), out statement, out error).ShouldBeTrue(error);
        statement.Predicate.IsEmpty.ShouldBeTrue();
        Encoding.UTF8.GetString(statement.ToBytes()).ShouldBe(Good);
    }

    [Fact]
    public void Subjects_are_matched_by_digest_alone()
    {
        SignOff.IsAbout(Hash.Sha256("abc"u8)).ShouldBeTrue();
        SignOff.IsAbout(Hash.Sha256("api"u8)).ShouldBeFalse();
        SignOff.Subjects[0].ShouldBe(new Subject("api", Digests.Of(Hash.Sha256("abc"u8))));
        SignOff.Subjects[0].ShouldNotBe(new Subject("api", Digests.Of(Hash.Sha256("abd"u8))));
    }

    [Fact]
    public void Members_that_in_toto_does_not_know_are_passed_over_but_not_where_the_format_is_ours()
    {
        var extended = Encoding.UTF8.GetBytes(Good.Replace("\"_type\"", "\"_comment\":\"hidden\",\"_type\"", StringComparison.Ordinal));
        Statement.TryParse(extended, out var statement, out _).ShouldBeTrue();
        Encoding.UTF8.GetString(statement.ToBytes()).ShouldBe(Good);
        Statement.TryParseExact(Encoding.UTF8.GetBytes(Good), out _, out _).ShouldBeTrue();
        foreach (var other in new[] { extended, Encoding.UTF8.GetBytes(Good + " "), Encoding.UTF8.GetBytes(Good.Replace("t:p", "t:\\u0070", StringComparison.Ordinal)) })
        {
            Statement.TryParse(other, out _, out _).ShouldBeTrue();
            Statement.TryParseExact(other, out statement, out var error).ShouldBeFalse();
            statement.ShouldBeNull();
            error.ShouldContain("canonical");
        }
    }

    [Fact]
    public void What_is_not_exactly_a_statement_is_refused()
    {
        Parse(Good).ShouldBeTrue();
        string[] bad =
        [
            "", "[]", "{}", Good[..^1], Good.Replace("/v1", "/v0.1", StringComparison.Ordinal), Good.Replace("t:p", "", StringComparison.Ordinal),
            Good.Replace("t:p", "word", StringComparison.Ordinal), Good.Replace("t:p", "t: p", StringComparison.Ordinal), Good.Replace("\"t:p\"", "1", StringComparison.Ordinal),
            Good.Replace(Hex, Hex.ToUpperInvariant(), StringComparison.Ordinal), Good.Replace(Hex, Hex[2..], StringComparison.Ordinal), Good.Replace(Hex, "", StringComparison.Ordinal),
            Good.Replace($"\"{Hex}\"", "1", StringComparison.Ordinal), Good.Replace($"\"sha256\":\"{Hex}\"", "", StringComparison.Ordinal),
            Good.Replace("sha256", "sha-256", StringComparison.Ordinal), Good.Replace("\"digest\"", "\"digests\"", StringComparison.Ordinal),
            Good.Replace("\"digest\"", "\"name\":1,\"digest\"", StringComparison.Ordinal), Good.Replace("\"digest\"", "\"name\":null,\"digest\"", StringComparison.Ordinal),
            Good.Replace("\"subject\":[", "\"subject\":[1,", StringComparison.Ordinal), Good.Replace("\"subject\"", "\"predicate\":[],\"subject\"", StringComparison.Ordinal),
            Good.Replace("\"subject\"", "\"predicate\":null,\"subject\"", StringComparison.Ordinal), Good.Replace("\"subject\"", "\"predicateType\":\"t:q\",\"subject\"", StringComparison.Ordinal),
            Good[..Good.IndexOf('[', StringComparison.Ordinal)] + "[]}",
        ];
        foreach (var text in bad) Parse(text).ShouldBeFalse(text);
    }

    [Fact]
    public void Limits_hold()
    {
        var subject = $$$"""{"digest":{"sha256":"{{{Hex}}}"}}""";
        Parse(Good.Replace(subject, string.Join(',', Enumerable.Repeat(subject, Statement.MaxSubjects)), StringComparison.Ordinal)).ShouldBeTrue();
        Parse(Good.Replace(subject, string.Join(',', Enumerable.Repeat(subject, Statement.MaxSubjects + 1)), StringComparison.Ordinal)).ShouldBeFalse();
        var digests = string.Join(',', Enumerable.Range(0, Digests.MaxCount + 1).Select(i => $"\"own{i}\":\"00\""));
        Parse(Good.Replace($"\"sha256\":\"{Hex}\"", digests, StringComparison.Ordinal)).ShouldBeFalse();
        Parse(new string(' ', Statement.MaxBytes) + Good).ShouldBeFalse();
    }

    [Fact]
    public void A_statement_that_could_not_be_read_cannot_be_made()
    {
        var subject = SignOff.Subjects[0];
        Should.Throw<ArgumentException>(() => new Statement([], PredicateType, default));
        Should.Throw<ArgumentException>(() => new Statement([subject], "", default));
        Should.Throw<ArgumentException>(() => new Statement([subject], PredicateType, "[]"u8));
        Should.Throw<FormatException>(() => new Statement([subject], PredicateType, """{"a":1,"a":2}"""u8));
        Should.Throw<FormatException>(() => new Statement([subject], PredicateType, Encoding.UTF8.GetBytes(Nested(CanonicalJson.MaxDepth))));
        Should.Throw<ArgumentException>(() => new Statement([subject], PredicateType, Encoding.UTF8.GetBytes($$"""{"a":"{{new string('a', Statement.MaxBytes)}}"}""")));
        Should.Throw<ArgumentException>(() => new Subject(new string('n', Subject.MaxNameLength + 1), subject.Digests));
        var deepest = new Statement([subject], PredicateType, Encoding.UTF8.GetBytes(Nested(CanonicalJson.MaxDepth - 1)));
        Statement.TryParseExact(deepest.ToBytes(), out _, out var error).ShouldBeTrue(error);

        static string Nested(int depth) => string.Concat(Enumerable.Repeat("{\"a\":", depth - 1)) + "{}" + new string('}', depth - 1);
    }

    private static bool Parse(string text)
    {
        var accepted = Statement.TryParse(Encoding.UTF8.GetBytes(text), out _, out var error);
        if (!accepted) error.ShouldNotBeNullOrEmpty();
        return accepted;
    }
}
