using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Ledger.Server.Telemetry;
using Ledger.Store.Outbox;

namespace Ledger.Server.Webhooks;

/// <summary>What is measured of webhooks, by receiver, on the node that delivers to it. Part of the meter <c>Ledger.Server</c>.</summary>
internal static class WebhookMetrics
{
    private static readonly ConcurrentDictionary<string, (OutboxStanding Standing, TimeProvider Clock)> Standings = new(StringComparer.Ordinal);
    private static readonly Meter Meter = new(RequestMetrics.Name);

    private static readonly Counter<long> Attempts = Meter.CreateCounter<long>("ledger.webhook.attempts", "{attempt}", "Messages sent to receivers, by what became of them.");
    private static readonly Counter<long> DeadLetters = Meter.CreateCounter<long>("ledger.webhook.dead_letters", "{message}", "Messages given up.");
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("ledger.webhook.duration", "s", "How long receivers took to answer.");

    static WebhookMetrics()
    {
        Meter.CreateObservableGauge("ledger.webhook.lag", () => Observe((standing, _) => standing.LagEvents), "{event}", "Events of the log that a receiver is behind.");
        Meter.CreateObservableGauge("ledger.webhook.lag_time", () => Observe((standing, clock) => standing.LagSeconds(clock.GetUtcNow())), "s", "Age of the oldest event that a receiver is behind.");
        Meter.CreateObservableGauge("ledger.webhook.retrying", () => Observe((standing, _) => standing.Retrying), "{stream}", "Streams whose next message failed at least once.");
    }

    /// <summary>Counts an attempt.</summary>
    public static void Attempted(string receiver, bool delivered, int? status, TimeSpan elapsed)
    {
        var tags = new TagList { { "ledger.receiver", receiver }, { "ledger.outcome", delivered ? "delivered" : "failed" } };
        Duration.Record(elapsed.TotalSeconds, tags);
        if (status is { } answered) tags.Add("http.response.status_code", answered);
        Attempts.Add(1, tags);
    }

    /// <summary>Counts a message that was given up.</summary>
    public static void Buried(string receiver) => DeadLetters.Add(1, new KeyValuePair<string, object?>("ledger.receiver", receiver));

    /// <summary>Remembers how far a receiver has come; null once another node delivers to it.</summary>
    public static void Stands(string receiver, OutboxStanding? standing, TimeProvider clock)
    {
        if (standing is null) Standings.TryRemove(receiver, out _);
        else Standings[receiver] = (standing, clock);
    }

    private static IEnumerable<Measurement<T>> Observe<T>(Func<OutboxStanding, TimeProvider, T> measure)
        where T : struct =>
        Standings.Select(entry => new Measurement<T>(measure(entry.Value.Standing, entry.Value.Clock), new KeyValuePair<string, object?>("ledger.receiver", entry.Key)));
}
