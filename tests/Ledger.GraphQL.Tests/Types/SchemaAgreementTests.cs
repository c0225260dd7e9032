using System.Text.Json.Nodes;
using Ledger.GraphQL.Tests.Reference;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Tests.Types;

/// <summary>Schemas against graphql-js: the same SDL, the same verdict of section 3's rules in the same words.</summary>
public class SchemaAgreementTests
{
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

    private static (string Sdl, JsonObject Answer) Find(string name)
    {
        var index = SchemaTexts.All.FindIndex(each => each.Name == name);
        return (SchemaTexts.All[index].Sdl, Answers.Value[index]!.AsObject());
    }
}
