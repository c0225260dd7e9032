using System.Text.Json.Serialization;
using Ledger.Domain.Deadlines;
using Ledger.Domain.Events;
using Ledger.Domain.Measurements;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.Rollbacks;

namespace Ledger.Domain.Deployments;

/// <summary>How far a release is on its way to its users, at one time.</summary>
/// <param name="Phase">In a word.</param>
/// <param name="Attempt">How often it was started; 0 where it was not.</param>
/// <param name="Strategy">How it reaches its users; null where the policy plans no deployment.</param>
/// <param name="Steps">Every step of the plan, in order.</param>
/// <param name="Triggers">The rules that fired.</param>
/// <param name="Deviations">What happened against the plan or the policy.</param>
/// <param name="Watch">Every check of the watch.</param>
/// <param name="Success">Every success criterion.</param>
/// <param name="Started">When it started.</param>
/// <param name="Paused">Since when it stands still.</param>
/// <param name="Promoted">When it was promoted.</param>
/// <param name="FullyOut">Since when everybody has it.</param>
/// <param name="Aborted">When it was given up.</param>
/// <param name="Rollback">The way back.</param>
/// <param name="Rehearsed">The newest rehearsal of the way back.</param>
/// <param name="WatchUntil">When the watch ends, or was to end.</param>
/// <param name="WatchEnded">How the watch ended.</param>
/// <param name="Next">The next deadline.</param>
public sealed record DeploymentStanding(
    [property: JsonPropertyName("phase")] DeploymentPhase Phase,
    [property: JsonPropertyName("attempt")] int Attempt,
    [property: JsonPropertyName("strategy"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DeploymentStrategy? Strategy,
    [property: JsonPropertyName("steps")] IReadOnlyList<StepStanding> Steps,
    [property: JsonPropertyName("triggers")] IReadOnlyList<TriggerState> Triggers,
    [property: JsonPropertyName("deviations")] IReadOnlyList<DeviationState> Deviations,
    [property: JsonPropertyName("watch")] IReadOnlyList<CheckStanding> Watch,
    [property: JsonPropertyName("success")] IReadOnlyList<CheckStanding> Success,
    [property: JsonPropertyName("started"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Moment? Started = null,
    [property: JsonPropertyName("paused"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Moment? Paused = null,
    [property: JsonPropertyName("promoted"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Moment? Promoted = null,
    [property: JsonPropertyName("fullyOut"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Moment? FullyOut = null,
    [property: JsonPropertyName("aborted"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Moment? Aborted = null,
    [property: JsonPropertyName("rollback"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] RollbackState? Rollback = null,
    [property: JsonPropertyName("rehearsed"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] RehearsalState? Rehearsed = null,
    [property: JsonPropertyName("watchUntil"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset? WatchUntil = null,
    [property: JsonPropertyName("watchEnded"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Outcome? WatchEnded = null,
    [property: JsonPropertyName("next"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DeadlineStanding? Next = null);

/// <summary>A step of the plan.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Progress">In a word.</param>
/// <param name="Analyses">What its analyses come to; empty before it began.</param>
/// <param name="Weight">How much it reaches.</param>
/// <param name="Duration">How long it takes.</param>
/// <param name="Started">When it began.</param>
/// <param name="Completed">When it was over.</param>
public sealed record StepStanding(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("progress")] StepProgress Progress,
    [property: JsonPropertyName("analyses")] IReadOnlyList<AnalysisResult> Analyses,
    [property: JsonPropertyName("weight"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Quantity? Weight = null,
    [property: JsonPropertyName("duration"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Quantity? Duration = null,
    [property: JsonPropertyName("started"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Moment? Started = null,
    [property: JsonPropertyName("completed"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Moment? Completed = null);

/// <summary>How far a step is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StepProgress>))]
public enum StepProgress
{
    /// <summary>It has not begun.</summary>
    [JsonStringEnumMemberName("pending")] Pending,

    /// <summary>It has begun and is not over.</summary>
    [JsonStringEnumMemberName("running")] Running,

    /// <summary>It is over.</summary>
    [JsonStringEnumMemberName("completed")] Completed,
}

/// <summary>A check after the deployment.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Title">What a person calls it.</param>
/// <param name="Outcome">Not evaluated where nothing came in.</param>
/// <param name="Event">The newest event that says so.</param>
/// <param name="Source">Where it was looked up.</param>
/// <param name="Value">What was measured.</param>
public sealed record CheckStanding(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("title")] string Title,
    [property: JsonPropertyName("outcome")] Outcome Outcome,
    [property: JsonPropertyName("event"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] EventReference? Event = null,
    [property: JsonPropertyName("source"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Source = null,
    [property: JsonPropertyName("value"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Value = null);

/// <summary>A deadline that is still to pass.</summary>
public sealed record DeadlineStanding(
    [property: JsonPropertyName("deadline")] DeadlineKind Deadline,
    [property: JsonPropertyName("due"), JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset Due,
    [property: JsonPropertyName("subject"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Subject = null);
