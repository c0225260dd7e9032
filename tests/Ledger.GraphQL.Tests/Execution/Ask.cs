using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.GraphQL.Execution;

namespace Ledger.GraphQL.Tests.Execution;

/// <summary>Requests as tests write them, and responses as they read them.</summary>
internal static class Ask
{
    public static GraphQLRequest For(string text, object? variables = null, string? operation = null) => new()
    {
        Document = Encoding.UTF8.GetBytes(text),
        OperationName = operation,
        Variables = JsonSerializer.SerializeToElement(variables),
    };

    public static Task<string> AskAsync(this GraphQLExecutor executor, string text, object? variables = null) => executor.AskAsync(For(text, variables));

    public static async Task<string> AskAsync(this GraphQLExecutor executor, GraphQLRequest request, CancellationToken cancellationToken = default)
    {
        using var result = await executor.ExecuteAsync(request, cancellationToken);
        return TextOf(result);
    }

    /// <summary>The response as text, once it proved to be JSON.</summary>
    public static string TextOf(ExecutionResult result)
    {
        var text = Encoding.UTF8.GetString(result.Json.Span);
        (JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { MaxDepth = 1_000 })!["data"] is not null || text.Contains("\"data\":null", StringComparison.Ordinal)).ShouldBe(result.HasData, text);
        return text;
    }

    public static async Task<List<string>> AskAllAsync(this GraphQLExecutor executor, GraphQLRequest request, CancellationToken cancellationToken = default)
    {
        var texts = new List<string>();
        await foreach (var result in executor.SubscribeAsync(request, cancellationToken))
        {
            using (result) texts.Add(TextOf(result));
        }

        return texts;
    }
}
