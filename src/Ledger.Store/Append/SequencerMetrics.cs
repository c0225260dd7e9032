using System.Diagnostics.Metrics;

namespace Ledger.Store.Append;

/// <summary>What the write path measures: meter <c>Ledger.Store</c>.</summary>
internal static class SequencerMetrics
{
    private static readonly Meter Meter = new("Ledger.Store");

    public static readonly Counter<long> Events = Meter.CreateCounter<long>("ledger.append.events", "{event}", "Events made durable.");
    public static readonly Counter<long> Refusals = Meter.CreateCounter<long>("ledger.append.refusals", "{submission}", "Submissions refused by a decision.");
    public static readonly Counter<long> Retries = Meter.CreateCounter<long>("ledger.append.retries", "{submission}", "Submissions decided again because another writer moved the head.");
    public static readonly Histogram<int> GroupEvents = Meter.CreateHistogram<int>("ledger.append.group.size", "{event}", "Events in a committed group.");
    public static readonly Histogram<double> DecideSeconds = Meter.CreateHistogram<double>("ledger.append.group.decide.duration", "s", "Deciding and sealing a group.");
    public static readonly Histogram<double> CommitSeconds = Meter.CreateHistogram<double>("ledger.append.group.commit.duration", "s", "Writing a group, until it is durable.");
}
