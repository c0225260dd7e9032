using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ledger.Server.Tests.GraphQL;

/// <summary>Asks a server by GraphQL, as a client does.</summary>
internal static class Asked
{
    /// <summary>The answer's data; a failure where it has errors.</summary>
    public static async Task<JsonElement> AskAsync(this RunningServer server, string query, object? variables = null, string role = "auditor") =>
        await server.Client(role).AskAsync(query, variables);

    public static async Task<JsonElement> AskAsync(this HttpClient client, string query, object? variables = null)
    {
        var answer = await client.AnswerAsync(query, variables);
        answer.TryGetProperty("errors", out _).ShouldBeFalse(answer.ToString());
        return answer.GetProperty("data");
    }

    /// <summary>The whole answer.</summary>
    public static async Task<JsonElement> AnswerAsync(this HttpClient client, string query, object? variables = null)
    {
        var response = await client.PostAsync("graphql", Body(query, variables));
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return JsonElement.Parse(text);
    }

    /// <summary>The code of the answer's first error.</summary>
    public static async Task<string> RefusalAsync(this HttpClient client, string query, object? variables = null)
    {
        var answer = await client.AnswerAsync(query, variables);
        answer.TryGetProperty("errors", out var errors).ShouldBeTrue(answer.ToString());
        return errors[0].GetProperty("extensions").Text("code");
    }

    public static StringContent Body(string query, object? variables = null) =>
        new(new JsonObject { ["query"] = query, ["variables"] = JsonSerializer.SerializeToNode(variables) }.ToJsonString(), Encoding.UTF8, "application/json");

    /// <summary>The value at a path of names and places: <c>releases.nodes.0.name</c>.</summary>
    public static JsonElement At(this JsonElement json, string path)
    {
        foreach (var part in path.Split('.')) json = int.TryParse(part, out var index) ? json[index] : json.GetProperty(part);
        return json;
    }

    public static string? TextAt(this JsonElement json, string path) => json.At(path).GetString();

    /// <summary>The texts of a field of every object of a list.</summary>
    public static string[] Each(this JsonElement list, string path) => [.. list.EnumerateArray().Select(item => item.TextAt(path)!)];
}
