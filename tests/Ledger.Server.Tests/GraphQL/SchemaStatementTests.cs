using System.Text.Json;
using Ledger.Server.Tests.GraphQL.Deployments;

namespace Ledger.Server.Tests.GraphQL;

/// <summary>No field of the schema costs a statement for each of the objects that it is asked of: every one that a page of releases leads to is asked of two releases and of twenty.</summary>
[Collection(ServerCollection.Name)]
public sealed class SchemaStatementTests(RunningServer server)
{
    private const string Service = "every-field";
    private const int Few = 2;
    private const int Many = 20;

    // What fields are asked with that want something.
    private static readonly Dictionary<string, string> Arguments = new()
    {
        ["Release.controls"] = "(ids: [SOC_2_CC8_1, ISO_27001_2022_A_8_32])",
        ["Release.gate"] = "(name: \"review\")",
    };

    [Fact]
    public async Task Every_field_that_releases_lead_to_costs_the_same_of_two_releases_and_of_twenty()
    {
        // Of each kind as many among the first two as among the first twenty.
        for (var i = 0; i < Many / 2; i++)
        {
            await FullRelease.MakeAsync(server, Service);
            await (await Rollout.FailingAsync(server, Service)).RollBackAsync();
        }

        var types = await TypesAsync();
        var paths = new Dictionary<string, string> { ["Release"] = "releases(first: FIRST, filter: { services: [\"" + Service + "\"] }) { nodes { FIELD } }" };
        var waiting = new Queue<string>(paths.Keys);
        var (asked, dear) = (0, new List<string>());
        while (waiting.TryDequeue(out var type))
        {
            foreach (var field in types[type])
            {
                var (target, isObject) = Target(field.GetProperty("type"));
                isObject &= types.ContainsKey(target);
                var selected = $"{field.Text("name")}{ArgumentsOf(type, field)}";
                asked++;
                var query = Ask(paths[type], isObject ? $"{selected} {{ __typename }}" : selected);
                if (await CostAsync(query, Few) is var few && await CostAsync(query, Many) is var many && few.Length < many.Length
                    // What is read once and then known may have been read for the many alone.
                    && (await CostAsync(query, Few)).Length < (await CostAsync(query, Many)).Length)
                    dear.Add($"{type}.{field.Text("name")}: {few.Length} of {Few}, {many.Length} of {Many}, as {query}");
                if (isObject && paths.TryAdd(target, Ask(paths[type], $"{selected} {{ FIELD }}"))) waiting.Enqueue(target);
            }
        }

        dear.ShouldBeEmpty();
        asked.ShouldBeGreaterThan(250, "else the schema was not walked");
        paths.Keys.ShouldContain("RollbackTrigger");
    }

    private static string Ask(string path, string field) => path.Replace("FIELD", field, StringComparison.Ordinal);

    private async Task<string[]> CostAsync(string query, int first) =>
        [.. (await SentStatements.OfAsync(server, $"{{ {query.Replace("FIRST", $"{first}", StringComparison.Ordinal)} }}"))
            .Where(statement => !statement.StartsWith("CONNECT", StringComparison.Ordinal) && !statement.Contains("ledger_tokens", StringComparison.Ordinal))];

    // Pages of lists in lists are short, so that what is asked stays within what may be.
    private static string ArgumentsOf(string type, JsonElement field)
    {
        if (Arguments.TryGetValue($"{type}.{field.Text("name")}", out var arguments)) return arguments;
        var names = field.GetProperty("args").EnumerateArray().ToList();
        foreach (var argument in names)
        {
            var isRequired = argument.TextAt("type.kind") == "NON_NULL" && argument.GetProperty("defaultValue").ValueKind == JsonValueKind.Null;
            isRequired.ShouldBeFalse($"say above what {type}.{field.Text("name")} is asked with");
        }

        return names.Exists(argument => argument.Text("name") == "first") ? "(first: 2)" : "";
    }

    private async Task<Dictionary<string, List<JsonElement>>> TypesAsync()
    {
        var schema = await server.AskAsync(
            """{ __schema { types { name kind fields(includeDeprecated: true) { name args { name defaultValue type { kind } } type { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } }""");
        return schema.At("__schema.types").EnumerateArray().Where(type => type.Text("kind") == "OBJECT" && !type.Text("name").StartsWith("__", StringComparison.Ordinal))
            .ToDictionary(type => type.Text("name"), type => type.GetProperty("fields").EnumerateArray().ToList());
    }

    private static (string Name, bool IsObject) Target(JsonElement type)
    {
        while (type.Text("kind") is "NON_NULL" or "LIST") type = type.GetProperty("ofType");
        return (type.Text("name"), type.Text("kind") == "OBJECT");
    }
}
