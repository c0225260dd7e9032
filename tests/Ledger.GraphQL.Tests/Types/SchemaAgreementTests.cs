using System.Text.Json.Nodes;
using Ledger.GraphQL.Tests.Reference;
using Ledger.GraphQL.Tests.Validation;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Tests.Types;

/// <summary>Schemas against graphql-js: the same SDL, the same verdict of section 3's rules in the same words.</summary>
public class SchemaAgreementTests
{
    private const int Generated = 150;

    private static readonly Lazy<JsonArray> Answers = new(() => GraphQLJs.Ask("schema", SchemaTexts.All.Select(each => each.Sdl)));

    public static TheoryData<string> Names => [.. SchemaTexts.All.Select(each => each.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_schema_breaks_the_same_rules(string name)
    {
        var (sdl, answer) = Find(name);
        SdlSchema.TryRead(sdl, out _, out var errors);
        errors.Select(error => error.Message).ShouldBe(answer["errors"]!.AsArray().Select(error => (string)error!["message"]!));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_error_names_the_same_places(string name)
    {
        var (sdl, answer) = Find(name);
        SdlSchema.TryRead(sdl, out _, out var errors);
        errors.Select(error => string.Join(' ', error.Locations)).ShouldBe(answer["errors"]!.AsArray().Select(error => string.Join(' ', error!["at"]!.AsArray().Select(at => (string)at!))));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_schema_is_printed_the_same(string name)
    {
        var (sdl, answer) = Find(name);
        if (!SdlSchema.TryRead(sdl, out var schema, out _, new SdlOptions { AssumeValid = true })) return;
        SchemaPrinter.Print(schema).ShouldBe((string)answer["printed"]!);
    }

    [Fact]
    public void Schemas_at_random_break_the_same_rules_and_are_printed_the_same()
    {
        List<string> sdls = [.. Enumerable.Range(1, Generated).Select(SchemaGenerator.Sdl)];
        sdls = [.. sdls.Zip(GraphQLJs.Ask("sdl", sdls)).Where(each => Agree(each.First, each.Second!)).Select(each => each.First)];
        var right = 0;
        foreach (var (sdl, answer) in sdls.Zip(GraphQLJs.Ask("schema", sdls)))
        {
            var isRead = SdlSchema.TryRead(sdl, out var schema, out var errors);
            var theirs = answer!["errors"]!.AsArray().Select(error => $"{error!["message"]} ({string.Join(", ", error["at"]!.AsArray())})").ToList();
            // What C# cannot express is said first, and alone.
            if (errors.Any(error => IsOfCSharp(error.Message))) theirs.ShouldNotBeEmpty(sdl);
            else errors.Select(error => error.ToString()).ShouldBe(theirs, sdl);
            if (isRead) SchemaPrinter.Print(schema!).ShouldBe((string)answer["printed"]!);
            if (isRead) right++;
        }

        right.ShouldBeInRange(Generated / 3, Generated - 1);
    }

    // Whether what breaks the rules of definitions is the same; true when nothing does.
    private static bool Agree(string sdl, JsonNode answer)
    {
        var theirs = Verdict.Of(answer, namesRules: false);
        Verdict.OfTypeSystem(Verdict.Parse(sdl)).ShouldBe(theirs, sdl);
        return theirs.Count == 0;
    }

    private static bool IsOfCSharp(string message) =>
        message.Contains("can only include Object types", StringComparison.Ordinal) || message.Contains("must only implement Interface types", StringComparison.Ordinal) || message.Contains("root type must be Object type", StringComparison.Ordinal);

    private static (string Sdl, JsonObject Answer) Find(string name)
    {
        var index = SchemaTexts.All.FindIndex(each => each.Name == name);
        return (SchemaTexts.All[index].Sdl, Answers.Value[index]!.AsObject());
    }
}
