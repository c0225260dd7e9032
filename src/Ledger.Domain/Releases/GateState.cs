using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Ledger.Domain.Events;

namespace Ledger.Domain.Releases;

/// <summary>What is known of one gate, or of one attested NO-GO condition: the newest report of each tool, the newest word on each check, the newest waiver.</summary>
/// <param name="Reports">By tool.</param>
/// <param name="Attestations">By check; the empty name stands for the gate as a whole.</param>
/// <param name="Waiver">The newest, ended or not.</param>
public sealed record GateState(
    [property: JsonPropertyName("reports")] ImmutableSortedDictionary<string, ReportState> Reports,
    [property: JsonPropertyName("attestations")] ImmutableSortedDictionary<string, AttestationState> Attestations,
    [property: JsonPropertyName("waiver"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] WaiverState? Waiver = null)
{
    /// <summary>The newest word against the gate, by a report or a person; null where there is none.</summary>
    [JsonIgnore]
    public EventReference? Red => Reports.Values.Where(report => report.IsRed).Select(report => report.Event)
        .Concat(Attestations.Values.Where(attestation => !attestation.Met).Select(attestation => attestation.Event))
        .MaxBy(reference => reference.Version);

    /// <summary>The events that say what is known: the newest is always among them.</summary>
    [JsonIgnore]
    public IEnumerable<EventReference> Events => Reports.Values.Select(report => report.Event)
        .Concat(Attestations.Values.Select(attestation => attestation.Event))
        .Concat(Waiver is null ? [] : [Waiver.Event]);

    /// <summary>A gate of which nothing is known.</summary>
    public static GateState Empty { get; } = new(
        ImmutableSortedDictionary.Create<string, ReportState>(StringComparer.Ordinal),
        ImmutableSortedDictionary.Create<string, AttestationState>(StringComparer.Ordinal));
}

/// <summary>The newest report of one tool under one gate.</summary>
/// <param name="Event">The event that brought it.</param>
/// <param name="Outcome">What it came to: over the gate's criteria for the tool.</param>
/// <param name="Readings">One for each of those criteria, in the policy's order.</param>
/// <param name="Conditions">One for each measurable NO-GO criterion for the tool, in the policy's order.</param>
/// <param name="NotEvaluatedBecause">Why it proves nothing, if it does not.</param>
/// <param name="Supersedes">The last red report that this one, or one before it, stands in place of, and why.</param>
public sealed record ReportState(
    [property: JsonPropertyName("event")] EventReference Event,
    [property: JsonPropertyName("outcome")] Outcome Outcome,
    [property: JsonPropertyName("readings")] ImmutableArray<CriterionReading> Readings,
    [property: JsonPropertyName("conditions")] ImmutableArray<CriterionReading> Conditions,
    [property: JsonPropertyName("notEvaluatedBecause"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? NotEvaluatedBecause = null,
    [property: JsonPropertyName("supersedes"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Supersedes? Supersedes = null)
{
    /// <summary>Whether it says no: a criterion failed, or a NO-GO condition is present.</summary>
    [JsonIgnore]
    public bool IsRed => Outcome == Outcome.Failed || Conditions.Any(condition => condition.Outcome == Outcome.Failed);
}

/// <summary>What a report said to one criterion.</summary>
[method: JsonConstructor] // Without it a struct is made by its default, whose outcome is "passed", when the JSON states none.
public readonly record struct CriterionReading(
    [property: JsonPropertyName("outcome")] Outcome Outcome,
    [property: JsonPropertyName("value"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Value = null);

/// <summary>The newest word of a person on one check.</summary>
/// <param name="Event">The event that brought it.</param>
/// <param name="Met">What it says.</param>
/// <param name="By">Whose it is.</param>
/// <param name="Supersedes">The last red word that this one, or one before it, stands in place of, and why.</param>
public sealed record AttestationState(
    [property: JsonPropertyName("event")] EventReference Event,
    [property: JsonPropertyName("met")] bool Met,
    [property: JsonPropertyName("by")] string By,
    [property: JsonPropertyName("supersedes"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Supersedes? Supersedes = null);

/// <summary>A waiver. It ends by itself: whether it stands is asked of a time.</summary>
public sealed record WaiverState(
    [property: JsonPropertyName("event")] EventReference Event,
    [property: JsonPropertyName("owner")] string Owner,
    [property: JsonPropertyName("until"), JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset Until)
{
    /// <summary>Whether the waiver stands at <paramref name="time"/>; at its very end it does not.</summary>
    public bool StandsAt(DateTimeOffset time) => time < Until;
}
