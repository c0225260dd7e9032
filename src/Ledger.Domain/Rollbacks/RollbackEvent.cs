using System.Text.Json.Serialization;
using Ledger.Domain.Deployments;
using Ledger.Domain.Events;
using Ledger.Domain.Releases;

namespace Ledger.Domain.Rollbacks;

/// <summary>What happens when a release is taken back, or when that is rehearsed.</summary>
public abstract record RollbackEvent : ReleaseEvent
{
    private RollbackEvent() { }

    /// <summary>A rule fired, computed from the measurements in the release's stream.</summary>
    /// <param name="Rule">The rule's name in the policy; for a limit, the analysis' or the step's.</param>
    /// <param name="Kind">What kind of rule it is.</param>
    /// <param name="Text">The rule in words, e.g. <c>p95_latency &gt; 600ms for 5min</c>.</param>
    /// <param name="Metric">The metric it looked at.</param>
    /// <param name="Window">The span of time it looked at, by the measurements' own times.</param>
    /// <param name="Count">How many measurements it rests on.</param>
    /// <param name="Measurements">The stream versions of the events that hold them, each once, ascending; of more than 64, the first and the last 63.</param>
    /// <param name="Found">What was found: the longest time, the number, the last value, in words.</param>
    /// <param name="Baseline">The stream version of the event that holds the baseline; null where the rule has none.</param>
    public sealed record Triggered(
        [property: JsonPropertyName("rule")] string Rule,
        [property: JsonPropertyName("kind")] RuleKind Kind,
        [property: JsonPropertyName("text")] string Text,
        [property: JsonPropertyName("metric")] string Metric,
        [property: JsonPropertyName("window")] RuleWindow Window,
        [property: JsonPropertyName("count")] int Count,
        [property: JsonPropertyName("measurements")] IReadOnlyList<long> Measurements,
        [property: JsonPropertyName("found")] string Found,
        [property: JsonPropertyName("baseline"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Baseline = null) : RollbackEvent
    {
        internal override string WireName => "rollback_triggered";
    }

    /// <summary>The way back began.</summary>
    /// <param name="Cause">A rule, or a person.</param>
    /// <param name="Reason">Why, in words.</param>
    /// <param name="Person">Who decided it; null where a rule did.</param>
    /// <param name="Trigger">The newest trigger; null where none had fired.</param>
    /// <param name="Observed">Where it had happened already.</param>
    public sealed record Started(
        [property: JsonPropertyName("cause")] RollbackCause Cause,
        [property: JsonPropertyName("reason")] string Reason,
        [property: JsonPropertyName("person"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Person = null,
        [property: JsonPropertyName("trigger"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] EventReference? Trigger = null,
        [property: JsonPropertyName("observed"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Observation? Observed = null) : RollbackEvent
    {
        internal override string WireName => "rollback_started";
    }

    /// <summary>What was there before is there again.</summary>
    /// <param name="DurationMs">From the start of the rollback, in milliseconds.</param>
    /// <param name="ObjectiveMs">What it is to stay under; null where the policy sets none.</param>
    /// <param name="Within">Whether it took less; null where the policy sets no objective.</param>
    /// <param name="Observed">Where it had happened already.</param>
    public sealed record Completed(
        [property: JsonPropertyName("durationMs")] long DurationMs,
        [property: JsonPropertyName("objectiveMs"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? ObjectiveMs = null,
        [property: JsonPropertyName("within"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Within = null,
        [property: JsonPropertyName("observed"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Observation? Observed = null) : RollbackEvent
    {
        internal override string WireName => "rollback_completed";
    }

    /// <summary>Somebody looked, and what was there before works, or does not.</summary>
    /// <param name="Works">What they found.</param>
    /// <param name="Note">What they saw.</param>
    /// <param name="EvidenceLink">Where it can be seen.</param>
    public sealed record Verified(
        [property: JsonPropertyName("works")] bool Works,
        [property: JsonPropertyName("note")] string Note,
        [property: JsonPropertyName("evidence"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? EvidenceLink = null) : RollbackEvent
    {
        internal override string WireName => "rollback_verified";
    }

    /// <summary>The way back was tried before it was needed. What it shows under a gate follows as that gate's own events.</summary>
    /// <param name="DurationMs">How long it took, in milliseconds.</param>
    /// <param name="Note">What was done and seen.</param>
    /// <param name="ObjectiveMs">What it is to stay under; null where the policy sets none.</param>
    /// <param name="Within">Whether it took less; null where the policy sets no objective.</param>
    /// <param name="Gate">The policy's rehearsal gate; null where it has none.</param>
    /// <param name="EvidenceLink">Where it can be seen.</param>
    public sealed record Rehearsed(
        [property: JsonPropertyName("durationMs")] long DurationMs,
        [property: JsonPropertyName("note")] string Note,
        [property: JsonPropertyName("objectiveMs"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? ObjectiveMs = null,
        [property: JsonPropertyName("within"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Within = null,
        [property: JsonPropertyName("gate"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Gate = null,
        [property: JsonPropertyName("evidence"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? EvidenceLink = null) : RollbackEvent
    {
        internal override string WireName => "rollback_rehearsed";
    }
}
