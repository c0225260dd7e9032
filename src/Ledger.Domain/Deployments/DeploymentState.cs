using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Ledger.Domain.Deadlines;
using Ledger.Domain.Rollbacks;
using Ledger.Domain.Watches;

namespace Ledger.Domain.Deployments;

/// <summary>
/// What the events of a release's deployment come to. Its size follows the plan, the rules and the checks, never the number of measurements.
/// </summary>
public sealed record DeploymentState
{
    /// <summary>Of a release that nothing was heard of after its gates.</summary>
    public static DeploymentState None { get; } = new();

    /// <summary>What the deployment is held to; null before it starts. Kept apart from the rest, because it changes only when it starts over.</summary>
    [JsonIgnore]
    public DeploymentTerms? Terms { get; init; }

    /// <summary>How far it is.</summary>
    [JsonPropertyName("phase")]
    public DeploymentPhase Phase { get; init; }

    /// <summary>How often it was started.</summary>
    [JsonPropertyName("attempt")]
    public int Attempt { get; init; }

    /// <summary>How it began; null before.</summary>
    [JsonPropertyName("started"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Moment? Started { get; init; }

    /// <summary>The steps that were begun, in that order.</summary>
    [JsonPropertyName("steps")]
    public ImmutableArray<StepState> Steps { get; init; } = [];

    /// <summary>Since when it stands still; null while it does not.</summary>
    [JsonPropertyName("paused"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Moment? Paused { get; init; }

    /// <summary>When it was promoted.</summary>
    [JsonPropertyName("promoted"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Moment? Promoted { get; init; }

    /// <summary>Since when everybody has the release: the watch counts from then.</summary>
    [JsonPropertyName("fullyOut"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Moment? FullyOut { get; init; }

    /// <summary>When it was given up.</summary>
    [JsonPropertyName("aborted"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Moment? Aborted { get; init; }

    /// <summary>By metric: its measurements during this attempt.</summary>
    [JsonPropertyName("series")]
    public ImmutableSortedDictionary<string, SeriesState> Series { get; init; } = ImmutableSortedDictionary.Create<string, SeriesState>(StringComparer.Ordinal);

    /// <summary>By metric: the newest measurement of the time before the release, one that has a value where there is any.</summary>
    [JsonPropertyName("baselines")]
    public ImmutableSortedDictionary<string, Point> Baselines { get; init; } = ImmutableSortedDictionary.Create<string, Point>(StringComparer.Ordinal);

    /// <summary>The rules that fired in this attempt, in that order; each does once.</summary>
    [JsonPropertyName("triggers")]
    public ImmutableArray<TriggerState> Triggers { get; init; } = [];

    /// <summary>The way back; null where it was not begun.</summary>
    [JsonPropertyName("rollback"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RollbackState? Rollback { get; init; }

    /// <summary>The newest rehearsal of the way back.</summary>
    [JsonPropertyName("rehearsed"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RehearsalState? Rehearsed { get; init; }

    /// <summary>What happened against the plan or the policy: by code and subject, the newest of each kind. None ever goes away.</summary>
    [JsonPropertyName("deviations")]
    public ImmutableArray<DeviationState> Deviations { get; init; } = [];

    /// <summary>By list and name: the newest word on each check after the deployment.</summary>
    [JsonPropertyName("checks")]
    public ImmutableSortedDictionary<string, CheckState> Checks { get; init; } = ImmutableSortedDictionary.Create<string, CheckState>(StringComparer.Ordinal);

    /// <summary>How the watch ended; null while it has not.</summary>
    [JsonPropertyName("watch"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public WatchState? Watch { get; init; }

    /// <summary>By deadline: the newest that has passed.</summary>
    [JsonPropertyName("passed")]
    public ImmutableSortedDictionary<string, PassedState> Passed { get; init; } = ImmutableSortedDictionary.Create<string, PassedState>(StringComparer.Ordinal);

    /// <summary>The step that was begun last and is not over; null where there is none.</summary>
    [JsonIgnore]
    public StepState? RunningStep => Steps.IsEmpty || Steps[^1].Completed is not null ? null : Steps[^1];

    /// <summary>The terms of a step; null where the plan has none of that name.</summary>
    public StepTerms? FindStep(string name) => Terms?.Steps.FirstOrDefault(step => step.Name == name);

    /// <summary>The measurements of a metric.</summary>
    public SeriesState SeriesOf(string metric) => Series.GetValueOrDefault(metric, SeriesState.Empty);

    /// <summary>The key of a check in <see cref="Checks"/>.</summary>
    public static string KeyOf(CheckList list, string check) => $"{(list == CheckList.Watch ? "watch" : "success")}/{check}";
}
