using System.Text.Json;
using Ledger.Testing;

namespace Ledger.Server.Tests;

[Collection(ServerCollection.Name)]
public sealed class OpenApiTests(RunningServer server)
{
    [Fact]
    public async Task The_description_is_the_one_that_was_reviewed() =>
        Golden.ShouldMatch((await server.Client(null).GetStringAsync("openapi/v1.json")).ReplaceLineEndings("\n") + "\n", "openapi.json");

    [Fact]
    public async Task Every_operation_is_described_and_says_whether_it_wants_a_token()
    {
        var document = JsonElement.Parse(await server.Client(null).GetStringAsync("openapi/v1.json"));
        var names = new List<string>();
        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                names.Add(operation.Value.Text("operationId"));
                operation.Value.Text("summary").ShouldNotBeNullOrEmpty();
                operation.Value.Text("description").ShouldNotBeNullOrEmpty();
                operation.Value.TryGetProperty("security", out _).ShouldBe(path.Name.StartsWith("/v1/", StringComparison.Ordinal) || path.Name.StartsWith("/tile/entries", StringComparison.Ordinal), path.Name);
            }
        }

        names.Count.ShouldBe(68);
        names.Distinct().Count().ShouldBe(names.Count);
        document.GetProperty("components").GetProperty("securitySchemes").GetProperty("bearer").Text("scheme").ShouldBe("bearer");
    }

    [Fact]
    public async Task Every_name_that_a_value_may_have_is_listed()
    {
        var schemas = JsonElement.Parse(await server.Client(null).GetStringAsync("openapi/v1.json")).GetProperty("components").GetProperty("schemas");
        Names("Verdict").ShouldBe(["PENDING", "GO", "NO_GO"]);
        Names("Role").ShouldBe(["ci", "release-manager", "signer", "auditor", "compliance", "admin"]);
        Names("Comparator").ShouldBe(["<", "<=", ">", ">=", "==", "!="]);
        Names("ChainStatus").ShouldBe(["INVALID", "INCOMPLETE", "STALE", "VALID"]);
        schemas.EnumerateObject().Where(schema => !schema.Value.EnumerateObject().Any()).Select(schema => schema.Name).ShouldBe(["Digest", "JsonElement", "Quantity"]);

        IEnumerable<string?> Names(string schema) => schemas.GetProperty(schema).GetProperty("enum").EnumerateArray().Select(name => name.GetString());
    }
}
