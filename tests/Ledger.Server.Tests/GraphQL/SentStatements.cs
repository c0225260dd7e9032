using System.Collections.Concurrent;
using System.Diagnostics;

namespace Ledger.Server.Tests.GraphQL;

/// <summary>What the driver sends to PostgreSQL while a question is answered.</summary>
internal static class SentStatements
{
    /// <summary>Every statement, and every connection opened, by its name and its text.</summary>
    public static async Task<string[]> OfAsync(RunningServer server, string query, bool isRefused = false)
    {
        var statements = new ConcurrentQueue<string>();
        var trace = ActivityTraceId.CreateRandom();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Npgsql" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (activity.Source.Name == "Npgsql" && activity.TraceId == trace) statements.Enqueue($"{activity.DisplayName}: {string.Join("; ", activity.TagObjects.Select(tag => tag.Value))}");
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var request = new HttpRequestMessage(HttpMethod.Post, "graphql") { Content = Asked.Body(query) };
        request.Headers.Add("traceparent", $"00-{trace.ToHexString()}-{ActivitySpanId.CreateRandom().ToHexString()}-01");
        using var client = server.Client("auditor");
        var answer = await (await client.SendAsync(request)).JsonAsync();
        answer.TryGetProperty("errors", out _).ShouldBe(isRefused, $"{query} {answer}");
        return [.. statements];
    }
}
