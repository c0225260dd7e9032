using System.Text;
using System.Text.Json.Nodes;
using Ledger.GraphQL.Execution;
using Ledger.GraphQL.Tests.Execution;
using Ledger.GraphQL.Tests.Reference;
using Ledger.GraphQL.Tests.Validation;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Tests.Types;

/// <summary>
/// Introspection against graphql-js: the same answer to the byte, and the schema that a client builds of it prints as ours does. It is
/// asked with the limits of a request from outside.
/// </summary>
public class IntrospectionAgreementTests
{
    private const int Generated = 25;

    [Fact]
    public async Task A_client_learns_the_schema_that_is_printed()
    {
        var query = (string)GraphQLJs.Ask("introspectionQuery", [""])[0]!;
        var schemas = Sdls().Select(sdl => (Sdl: sdl, Schema: SdlSchema.TryRead(sdl, out var schema, out _) ? schema : null)).Where(each => each.Schema is not null).ToList();
        schemas.Count.ShouldBeGreaterThan(Generated + 8);
        foreach (var (sdl, schema) in schemas)
        {
            using var result = await new GraphQLExecutor(schema!).ExecuteAsync(new GraphQLRequest { Document = Encoding.UTF8.GetBytes(query) });
            var ours = Encoding.UTF8.GetString(result.Json.Span);
            var answer = GraphQLJs.Ask("introspection", [ours], sdl)[0]!;
            ((string)answer["printed"]!).ShouldBe(SchemaPrinter.Print(schema!));
            WithoutDrafts(ours).ShouldBe(WithoutDrafts((string)answer["theirs"]!), sdl);
        }
    }

    // graphql-js deprecates directives and has arguments of fragments, which is in no edition; introspection's own types say so.
    private static string WithoutDrafts(string answer)
    {
        var json = JsonNode.Parse(answer)!;
        var schema = json["data"]!["__schema"]!;
        schema["types"]!.AsArray().RemoveAll(type => ((string)type!["name"]!).StartsWith("__", StringComparison.Ordinal));
        schema["directives"]!.AsArray().RemoveAll(directive => (string)directive!["name"]! == "deprecated");
        return json.ToJsonString();
    }

    private static IEnumerable<string> Sdls() =>
        [ReleaseSdl.Text, .. SchemaTexts.All.Select(each => each.Sdl), .. Enumerable.Range(1, Generated).Select(seed => new DataGenerator(seed).Sdl())];
}
