using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.GraphQL.Execution;
using Ledger.GraphQL.Language;
using Ledger.GraphQL.Tests.Reference;
using Ledger.GraphQL.Types;
using Ledger.GraphQL.Validation;

namespace Ledger.GraphQL.Tests.Execution;

/// <summary>
/// Execution against graphql-js: generated schemas, data and queries have the same response to the byte, and the same errors at the same
/// places, whether fields are resolved at once, later, in batches, or some of each.
/// </summary>
public class ExecutionAgreementTests
{
    private const int Schemas = 25;
    private const int QueriesPerSchema = 60;

    // Where the text is about a .NET or JavaScript value, the two say it in words of their own.
    private static bool IsInOwnWords(GraphQLError error) =>
        error.Code == ErrorCodes.Internal || (error.Code == ErrorCodes.BadValue && !error.Message.StartsWith("Argument", StringComparison.Ordinal));

    private static readonly Lazy<List<Case>> Cases = new(() => [.. Enumerable.Range(1, Schemas).SelectMany(CasesOf)]);

    [Theory]
    [InlineData(Kinds.AtOnce)]
    [InlineData(Kinds.Later)]
    [InlineData(Kinds.InBatches)]
    [InlineData(Kinds.Mixed)]
    public async Task A_query_has_the_same_response(Kinds kinds)
    {
        var withErrors = 0;
        foreach (var each in Cases.Value)
        {
            var executor = each.ExecutorFor(kinds);
            using var result = await executor.ExecuteAsync(each.Request());
            var text = Encoding.UTF8.GetString(result.Json.Span);
            var response = JsonNode.Parse(text)!;
            var about = $"{each.Sdl}\n{each.Text}\n{each.Variables.ToJsonString()}\n{each.Pool.ToJsonString()}\n{each.Expected.ToJsonString()}\n{text}";
            DataOf(text).ShouldBe((string?)each.Expected["data"], about);
            PlacesOf(response).ShouldBe(each.Expected["errors"]!.AsArray().Select(Describe), about);
            for (var i = 0; i < result.Errors.Length; i++)
            {
                if (result.HasData && IsInOwnWords(result.Errors[i])) continue;
                result.Errors[i].Message.ShouldBe((string)each.Expected["errors"]![i]!["message"]!, about);
            }

            if (result.HasData && result.Errors.Length > 0) withErrors++;
        }

        withErrors.ShouldBeGreaterThan(Schemas * QueriesPerSchema / 4);
        Cases.Value.Count.ShouldBeGreaterThan(Schemas * QueriesPerSchema * 3 / 4);
    }

    private static IEnumerable<Case> CasesOf(int seed)
    {
        var generator = new DataGenerator(seed);
        var sdl = generator.Sdl();
        var schema = SdlSchema.Read(sdl);
        var pool = generator.Pool(schema);
        var random = new Random(seed);
        var cases = Enumerable.Range(1, QueriesPerSchema)
            .Select(i => (Text: QueryGenerator.Query(schema, (seed * 1_000) + i), Variables: Variables(random)))
            .Where(each => GraphQLParser.Parse(each.Text).IsAccepted(out var document, out _)
                && DocumentValidator.Validate(schema, document, Lenient).IsEmpty)
            .ToList();
        var answers = GraphQLJs.Ask("execute", cases.Select(each => new { text = each.Text, variables = each.Variables, operationName = "Q", pool }), sdl);
        return cases.Zip(answers, (each, answer) => new Case(sdl, pool, each.Text, each.Variables, answer!.AsObject()));
    }

    private static ValidationOptions Lenient { get; } = new() { Suggest = true, Rules = new RuleSet([.. ValidationRules.All.Where(rule => rule.Name is not ("NoUnusedVariables" or "NoUnusedFragments"))]) };

    private static JsonObject Variables(Random random)
    {
        var variables = new JsonObject { ["yes"] = random.Next(2) == 0 };
        Maybe("no", true, false);
        Maybe("text", "given", "");
        Maybe("int", 5, null);
        Maybe("flag", false, true);
        Maybe("list", new JsonArray(1, 2), 3, null);
        Maybe("color", "RED", null);
        Maybe("float", 2.5, null);
        Maybe("point", new JsonObject { ["y"] = 4 }, new JsonObject { ["x"] = 2, ["deep"] = new JsonObject { ["color"] = "RED" } });
        Maybe("pick", new JsonObject { ["id"] = "p" });
        if (random.Next(8) > 0) return variables;
        var (name, wrong) = random.Next(9) switch
        {
            0 => ("int", "no number"),
            1 => ("int", 1e10),
            2 => ("list", new JsonArray(1, null, "x")),
            3 => ("color", "REDD"),
            4 => ("point", new JsonObject { ["z"] = 1, ["x"] = null }),
            5 => ("pick", new JsonObject { ["id"] = 1, ["name"] = "n" }),
            6 => ("flag", null),
            7 => ("yes", null),
            _ => ("text", (JsonNode?)null),
        };
        variables[name] = wrong;
        return variables;

        void Maybe(string name, params JsonNode?[] values)
        {
            var choice = random.Next(values.Length + 1);
            if (choice < values.Length) variables[name] = values[choice];
        }
    }

    // The data as it was written, not as a parser would write it again.
    private static string? DataOf(string response)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(response), new JsonReaderOptions { MaxDepth = 1_000 });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isData = reader.ValueTextEquals("data"u8);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (isData) return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(response)[start..(int)reader.BytesConsumed]);
        }

        return null;
    }

    private static IEnumerable<string> PlacesOf(JsonNode response) => (response["errors"]?.AsArray() ?? []).Select(error =>
        $"{string.Join(' ', (error!["locations"]?.AsArray() ?? []).Select(at => $"{at!["line"]}:{at["column"]}"))} {error["path"]?.ToJsonString()}");

    private static string Describe(JsonNode? expected) =>
        $"{string.Join(' ', expected!["at"]!.AsArray().Select(at => (string)at!))} {expected["path"]?.ToJsonString()}";

    public enum Kinds
    {
        AtOnce,
        Later,
        InBatches,
        Mixed,
    }

    private sealed record Case(string Sdl, JsonObject Pool, string Text, JsonObject Variables, JsonObject Expected)
    {
        public GraphQLExecutor ExecutorFor(Kinds kinds) => PoolExecutor.For(Sdl, Pool, (type, field) => kinds switch
        {
            Kinds.AtOnce => PoolExecutor.Resolution.AtOnce,
            Kinds.Later => PoolExecutor.Resolution.Later,
            Kinds.InBatches => PoolExecutor.Resolution.InBatches,
            _ => (PoolExecutor.Resolution)((type.Length + field[^1]) % 3),
        }, new ExecutorOptions { Validation = Lenient, Cost = null });

        public GraphQLRequest Request() => new()
        {
            Document = Encoding.UTF8.GetBytes(Text),
            OperationName = "Q",
            Variables = JsonSerializer.SerializeToElement(Variables),
            RootValue = PoolExecutor.RootValue,
        };
    }
}
