using System.Text.Json.Serialization;
using Ledger.Domain.Measurements;
using Ledger.Domain.Policies;

namespace Ledger.Domain.Deployments;

/// <summary>
/// What a deployment is held to, copied from the pinned policy when it starts, so that its events can be folded, and its rules computed
/// again, from the release's stream alone.
/// </summary>
/// <param name="Strategy">How the release reaches its users.</param>
/// <param name="Steps">In the order they are taken.</param>
/// <param name="Analyses">What is measured meanwhile.</param>
/// <param name="Rules">What takes it back.</param>
/// <param name="Flag">The feature flag that is turned; null for the other strategies.</param>
/// <param name="SilenceLimit">How long measurements may be missing; null where not limited.</param>
/// <param name="RollbackObjective">What a rollback is to stay under; null where none is set.</param>
/// <param name="Watch">How long the release is watched once it is fully out; null where it is not.</param>
public sealed record DeploymentTerms(
    [property: JsonPropertyName("strategy")] DeploymentStrategy Strategy,
    [property: JsonPropertyName("steps")] IReadOnlyList<StepTerms> Steps,
    [property: JsonPropertyName("analyses")] IReadOnlyList<AnalysisTerms> Analyses,
    [property: JsonPropertyName("rules")] IReadOnlyList<RuleTerms> Rules,
    [property: JsonPropertyName("flag"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Flag = null,
    [property: JsonPropertyName("silenceLimit"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Quantity? SilenceLimit = null,
    [property: JsonPropertyName("rollbackObjective"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Quantity? RollbackObjective = null,
    [property: JsonPropertyName("watch"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Quantity? Watch = null)
{
    /// <summary>Whether a value of the metric counts occurrences: a whole number, 0 or more.</summary>
    public bool Counts(string metric) => MetricTerms.Of(this, metric).Counts;

    /// <summary>The terms that <paramref name="policy"/> sets; null where it plans no deployment.</summary>
    public static DeploymentTerms? Of(Policy policy) => policy.Deployment is not { } plan ? null : new DeploymentTerms(
        plan.Strategy,
        [.. plan.Steps.Select(step => new StepTerms(step.Name, step.Analyses, step.Weight, step.Duration, step.Offset, step.MaxFailures))],
        [.. policy.Analyses.Select(analysis => new AnalysisTerms(
            analysis.Name, analysis.Metric, analysis.Comparator, analysis.Threshold, analysis.Interval, analysis.FailureLimit, analysis.InconclusiveLimit,
            analysis.ConsecutiveFailureLimit, analysis.OnFailure))],
        [.. (policy.Rollback?.Rules ?? []).Select(RuleTerms.Of)],
        plan.Flag,
        policy.Rollback?.SilenceLimit,
        policy.Rollback?.Objective,
        policy.AfterDeployment?.Duration);
}

/// <summary>A step of the plan; see <see cref="DeploymentStep"/>.</summary>
public sealed record StepTerms(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("analyses")] IReadOnlyList<string> Analyses,
    [property: JsonPropertyName("weight"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Quantity? Weight = null,
    [property: JsonPropertyName("duration"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Quantity? Duration = null,
    [property: JsonPropertyName("offset"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Quantity? Offset = null,
    [property: JsonPropertyName("maxFailures"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? MaxFailures = null);

/// <summary>An analysis; see <see cref="Analysis"/>.</summary>
public sealed record AnalysisTerms(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("metric")] string Metric,
    [property: JsonPropertyName("comparator")] Comparator Comparator,
    [property: JsonPropertyName("threshold")] Quantity Threshold,
    [property: JsonPropertyName("interval")] Quantity Interval,
    [property: JsonPropertyName("failureLimit")] int FailureLimit,
    [property: JsonPropertyName("inconclusiveLimit")] int InconclusiveLimit,
    [property: JsonPropertyName("consecutiveFailureLimit"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? ConsecutiveFailureLimit = null,
    [property: JsonPropertyName("onFailure"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] AnalysisFailure? OnFailure = null)
{
    /// <summary>
    /// How long its measurements may be missing where <paramref name="limit"/> holds for all; null where there is none. What is measured more
    /// seldom than that is not silent in between: only when the second measurement in a row is due and not there.
    /// </summary>
    internal TimeSpan? SilenceUnder(TimeSpan? limit) => Interval.Duration > limit ? Interval.Duration * 2 : limit;
}
