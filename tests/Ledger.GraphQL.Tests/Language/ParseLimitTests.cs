using System.Text;
using Ledger.GraphQL.Language;

namespace Ledger.GraphQL.Tests.Language;

/// <summary>No text takes long, and none takes the process down: a stack that overflows cannot be caught.</summary>
public class ParseLimitTests
{
    private const int Many = 100_000;

    public static TheoryData<string, string> Attacks => new()
    {
        { "nested fields", Repeat("{a", Many) },
        { "nested fields that are closed", Repeat("{a", Many) + Repeat("}", Many) },
        { "nested inline fragments", Repeat("{...", Many) },
        { "nested lists", $"{{a(b:{Repeat("[", Many)}" },
        { "nested objects", $"{{a(b:{Repeat("{c:", Many)}" },
        { "nested list types", $"query($a:{Repeat("[", Many)}" },
        { "nested lists in a default", $"input I{{a:B={Repeat("[", Many)}" },
        { "nested lists in a directive", $"{{a@d(b:{Repeat("[", Many)}" },
    };

    [Theory]
    [MemberData(nameof(Attacks))]
    public void What_nests_too_deep_is_refused(string what, string text) =>
        Refusal(text, ParseLimits.Schema).Message.ShouldBe("Document nests deeper than 200 levels.", what);

    [Fact]
    public void The_deepest_nesting_that_is_accepted_is_the_limit()
    {
        Accepts(Repeat("{a", 200) + Repeat("}", 200)).ShouldBeTrue();
        Accepts(Repeat("{a", 201) + Repeat("}", 201)).ShouldBeFalse();
        Accepts($"{{a(b:{Repeat("[", 199)}{Repeat("]", 199)})}}").ShouldBeTrue();
        Accepts($"{{a(b:{Repeat("[", 200)}{Repeat("]", 200)})}}").ShouldBeFalse();
        Accepts($"query($a:{Repeat("[", 200)}T{Repeat("]", 200)}){{a}}").ShouldBeTrue();
        Accepts($"query($a:{Repeat("[", 201)}T{Repeat("]", 201)}){{a}}").ShouldBeFalse();
    }

    [Fact]
    public void Lists_beside_one_another_do_not_add_up() =>
        Accepts($"{{a(b:[{Repeat("[] ", 1_000)}] c:[{Repeat("{} ", 1_000)}])}}").ShouldBeTrue();

    [Theory]
    [InlineData(",")]
    [InlineData("# comment\n")]
    [InlineData("a ")]
    public void What_is_ignored_counts_as_tokens(string unit) =>
        Refusal("{" + Repeat(unit, 50_000 / unit.Length * unit.Length), ParseLimits.Request with { BytesMax = 1 << 20, FieldsMax = int.MaxValue })
            .Message.ShouldBe("Document contains more than 40000 tokens.");

    [Fact]
    public void A_run_of_white_space_is_one_token() =>
        GraphQLParser.Parse($"{{{new string(' ', 100_000)}a}}", ParseLimits.Request with { TokensMax = 4 }).Error.ShouldBeNull();

    [Fact]
    public void A_long_document_is_refused_before_it_is_read()
    {
        var refusal = Refusal(new string(' ', 5_000_000), ParseLimits.Request);
        refusal.Message.ShouldBe("Document is longer than 262144 bytes.");
        refusal.Locations.ShouldBeEmpty();
    }

    [Fact]
    public void Fields_are_counted_in_the_whole_document()
    {
        Accepts($"{{{Repeat("a ", 1_024)}}} query B{{{Repeat("a ", 1_024)}}}").ShouldBeTrue();
        Refusal($"{{{Repeat("a ", 1_024)}}} query B{{{Repeat("a ", 1_025)}}}", ParseLimits.Request).Message.ShouldBe("Document contains more than 2048 fields.");
    }

    [Fact]
    public void Directives_are_counted_at_each_location()
    {
        Accepts("{a@a@b@c@d b@a@b@c@d}").ShouldBeTrue();
        Refusal("{a @a @b @c @d @e}", ParseLimits.Request).ShouldBe(
            GraphQLError.At("Document contains more than 4 directives at one location.", ErrorCodes.DocumentLimit, new SourceLocation(1, 16)), new ErrorComparer());
    }

    [Fact]
    public void Definitions_and_variables_are_counted()
    {
        Refusal(Repeat("query{a}", 501), ParseLimits.Request).Message.ShouldBe("Document contains more than 500 definitions.");
        Refusal($"query({Repeat("$a:A ", 201)}){{a}}", ParseLimits.Request).Message.ShouldBe("Document contains more than 200 variables in one operation.");
    }

    [Fact]
    public void A_long_token_is_not_repeated_whole_in_the_message() =>
        Refusal($"{{a(b:1 \"{new string('x', 100_000)}\")}}", ParseLimits.Request).Message.Length.ShouldBeLessThan(2_100);

    [Fact]
    public void Text_that_is_not_Unicode_is_refused()
    {
        GraphQLParser.Parse("{a(b:\"\uD83D\")}").Error!.Code.ShouldBe(ErrorCodes.ParseFailed);
        GraphQLParser.Parse(new byte[] { (byte)'{', 0xED, 0xA0, 0x80, (byte)'}' }).Error!.Code.ShouldBe(ErrorCodes.ParseFailed);
        GraphQLParser.Parse(new byte[] { (byte)'{', (byte)'a', 0xC3 }).Error!.Code.ShouldBe(ErrorCodes.ParseFailed);
    }

    private static bool Accepts(string text) => GraphQLParser.Parse(text).IsAccepted(out _, out _);

    private static GraphQLError Refusal(string text, ParseLimits limits)
    {
        GraphQLParser.Parse(text, limits).IsAccepted(out _, out var error).ShouldBeFalse();
        return error!;
    }

    private static string Repeat(string text, int count) => new StringBuilder(text.Length * count).Insert(0, text, count).ToString();

    private sealed class ErrorComparer : IEqualityComparer<GraphQLError>
    {
        public bool Equals(GraphQLError? x, GraphQLError? y) => x!.Message == y!.Message && x.Code == y.Code && x.Locations.SequenceEqual(y.Locations);

        public int GetHashCode(GraphQLError error) => 0;
    }
}
