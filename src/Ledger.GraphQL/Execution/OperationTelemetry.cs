using System.Diagnostics;
using System.Diagnostics.Metrics;
using Ledger.GraphQL.Language;

namespace Ledger.GraphQL.Execution;

/// <summary>
/// What is told of operations to whoever listens, under the name <see cref="Name"/>: a span by the semantic conventions of OpenTelemetry for GraphQL servers, and
/// how long it took. A subscription has one for each of its answers. The document stays out of it, for its literals are the caller's.
/// </summary>
public static class OperationTelemetry
{
    /// <summary>Of the source of spans and of the meter.</summary>
    public const string Name = "Ledger.GraphQL";

    // A name is the caller's to choose, and no reason to store more than this of it.
    private const int NameLengthMax = 100;

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "ledger.graphql.operation.duration", "s", "Executing an operation, or one answer of a subscription; those that were refused too, by error.type.");

    /// <summary>Whether anybody listens.</summary>
    internal static bool IsWanted => Source.HasListeners() || Duration.Enabled;

    /// <summary>Executes, and tells of it.</summary>
    internal static async ValueTask<ExecutionResult> ObserveAsync(PreparedRequest prepared, Func<ValueTask<ExecutionResult>> execute)
    {
        var type = prepared.Plan is { } plan ? SyntaxPrinter.KeywordOf(plan.Operation.Operation) : null;
        using var span = Source.StartActivity(type ?? "GraphQL Operation", ActivityKind.Server);
        var started = Stopwatch.GetTimestamp();
        try
        {
            var result = await execute().ConfigureAwait(false);
            End(span, prepared, type, started, result.Errors is [var first, ..] ? first.Code : null);
            return result;
        }
        catch (Exception exception)
        {
            End(span, prepared, type, started, exception.GetType().FullName);
            throw;
        }
    }

    private static void End(Activity? span, in PreparedRequest prepared, string? type, long started, string? error)
    {
        var tags = new TagList();
        if (type is not null) tags.Add("graphql.operation.type", type);
        if (error is not null) tags.Add("error.type", error);
        Duration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, tags);
        if (span is null) return;
        foreach (var (key, value) in tags) span.SetTag(key, value);
        if (prepared.Plan?.Operation.Name?.Value is { } name) span.SetTag("graphql.operation.name", name.Length <= NameLengthMax ? name : name[..NameLengthMax]);
        if (error is not null) span.SetStatus(ActivityStatusCode.Error);
    }
}
