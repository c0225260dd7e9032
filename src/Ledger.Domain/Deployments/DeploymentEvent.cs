using System.Text.Json.Serialization;
using Ledger.Domain.Events;
using Ledger.Domain.Measurements;
using Ledger.Domain.Releases;

namespace Ledger.Domain.Deployments;

/// <summary>What happens while a release is rolled out. <c>observed</c> is there where it happened outside the ledger and was recorded afterwards.</summary>
public abstract record DeploymentEvent : ReleaseEvent
{
    private DeploymentEvent() { }

    /// <summary>The rollout began.</summary>
    /// <param name="Attempt">1, and one more each time the deployment starts over.</param>
    /// <param name="Terms">What it is held to.</param>
    /// <param name="Artifacts">What is deployed, as far as it was stated.</param>
    /// <param name="Commit">The commit that is deployed, where it was stated.</param>
    /// <param name="Decision">The recorded decision it rests on; null where there was none.</param>
    /// <param name="Observed">Where it had happened already.</param>
    public sealed record Started(
        [property: JsonPropertyName("attempt")] int Attempt,
        [property: JsonPropertyName("terms")] DeploymentTerms Terms,
        [property: JsonPropertyName("artifacts")] IReadOnlyList<Artifact> Artifacts,
        [property: JsonPropertyName("commit"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Commit = null,
        [property: JsonPropertyName("decision"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] EventReference? Decision = null,
        [property: JsonPropertyName("observed"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Observation? Observed = null) : DeploymentEvent
    {
        internal override string WireName => "deployment_started";
    }

    /// <summary>A step of the plan began.</summary>
    /// <param name="Step">Its name.</param>
    /// <param name="Weight">The share of traffic or users it reaches; null where it moves none.</param>
    /// <param name="Observed">Where it had happened already.</param>
    public sealed record StepStarted(
        [property: JsonPropertyName("step")] string Step,
        [property: JsonPropertyName("weight"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Quantity? Weight = null,
        [property: JsonPropertyName("observed"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Observation? Observed = null) : DeploymentEvent
    {
        internal override string WireName => "canary_step_started";
    }

    /// <summary>Measurements of the running service came in, none of which was there before.</summary>
    /// <param name="Measurements">At least one.</param>
    public sealed record Measured(
        [property: JsonPropertyName("measurements")] IReadOnlyList<Sample> Measurements) : DeploymentEvent
    {
        internal override string WireName => "analysis_measured";
    }

    /// <summary>A step of the plan is over.</summary>
    /// <param name="Step">Its name.</param>
    /// <param name="Analyses">What each of its analyses came to, in the plan's order.</param>
    /// <param name="Observed">Where it had happened already.</param>
    public sealed record StepCompleted(
        [property: JsonPropertyName("step")] string Step,
        [property: JsonPropertyName("analyses")] IReadOnlyList<AnalysisResult> Analyses,
        [property: JsonPropertyName("observed"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Observation? Observed = null) : DeploymentEvent
    {
        internal override string WireName => "canary_step_completed";
    }

    /// <summary>The rollout stands still where it is.</summary>
    public sealed record Paused(
        [property: JsonPropertyName("reason")] string Reason,
        [property: JsonPropertyName("observed"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Observation? Observed = null) : DeploymentEvent
    {
        internal override string WireName => "deployment_paused";
    }

    /// <summary>The rollout goes on.</summary>
    public sealed record Resumed(
        [property: JsonPropertyName("reason")] string Reason,
        [property: JsonPropertyName("observed"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Observation? Observed = null) : DeploymentEvent
    {
        internal override string WireName => "deployment_resumed";
    }

    /// <summary>Everybody is to have the release: no step that reaches only some of them is left.</summary>
    public sealed record Promoted(
        [property: JsonPropertyName("observed"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Observation? Observed = null) : DeploymentEvent
    {
        internal override string WireName => "deployment_promoted";
    }

    /// <summary>The rollout was given up.</summary>
    public sealed record Aborted(
        [property: JsonPropertyName("reason")] string Reason,
        [property: JsonPropertyName("observed"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Observation? Observed = null) : DeploymentEvent
    {
        internal override string WireName => "deployment_aborted";
    }

    /// <summary>All traffic was pointed elsewhere at once, as blue-green does.</summary>
    /// <param name="To">Where it goes, e.g. <c>green</c>.</param>
    /// <param name="ToRelease">Whether that is this release; false where it goes back to what was there before.</param>
    /// <param name="From">Where it went.</param>
    /// <param name="Observed">Where it had happened already.</param>
    public sealed record TrafficSwitched(
        [property: JsonPropertyName("to")] string To,
        [property: JsonPropertyName("toRelease")] bool ToRelease,
        [property: JsonPropertyName("from"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? From = null,
        [property: JsonPropertyName("observed"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Observation? Observed = null) : DeploymentEvent
    {
        internal override string WireName => "traffic_switched";
    }

    /// <summary>Something happened that the plan or the policy does not allow, and could not be refused any more.</summary>
    /// <param name="Code">What would have refused it: stable and snake_case.</param>
    /// <param name="Message">What was wrong, for a person.</param>
    /// <param name="Observed">When, and who saw it.</param>
    /// <param name="Subject">The step, or what else it is about.</param>
    public sealed record DeviationRecorded(
        [property: JsonPropertyName("code")] string Code,
        [property: JsonPropertyName("message")] string Message,
        [property: JsonPropertyName("observed")] Observation Observed,
        [property: JsonPropertyName("subject"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Subject = null) : DeploymentEvent
    {
        internal override string WireName => "deviation_recorded";
    }
}
