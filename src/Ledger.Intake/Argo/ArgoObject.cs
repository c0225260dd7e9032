namespace Ledger.Intake.Argo;

/// <summary>An object of Argo's, as far as it says something about a release.</summary>
public abstract record ArgoObject
{
    private ArgoObject(string name, string? space, IReadOnlyList<string> ignored) => (Name, Namespace, Ignored) = (name, space, ignored);

    /// <summary>Its <c>metadata.name</c>.</summary>
    public string Name { get; }

    /// <summary>Its <c>metadata.namespace</c>, or null.</summary>
    public string? Namespace { get; }

    /// <summary>Paths of members that are unknown here, the first 20; they changed nothing.</summary>
    public IReadOnlyList<string> Ignored { get; }

    /// <summary>The object's kind.</summary>
    internal abstract string Kind { get; }

    /// <summary>An analysis of Argo Rollouts.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Namespace">Its namespace, or null.</param>
    /// <param name="Owner">The Rollout that it belongs to, or null.</param>
    /// <param name="PodHash">The pods it judges, or null.</param>
    /// <param name="Phase">As the controller says; what it means is to be computed from the measurements.</param>
    /// <param name="Message">The controller's words, or null.</param>
    /// <param name="StartedAt">In UTC, or null.</param>
    /// <param name="Metrics">In the order of the object.</param>
    /// <param name="Units">By metric: what its numbers count in, as an argument <c>ledger-unit-METRIC</c> of the run says.</param>
    /// <param name="ProvesNothingBecause">Why the phase proves nothing, e.g. a success without any measurement; null where it does.</param>
    /// <param name="Ignored">Members that are unknown here.</param>
    public sealed record AnalysisRun(
        string Name,
        string? Namespace,
        string? Owner,
        string? PodHash,
        AnalysisPhase Phase,
        string? Message,
        DateTimeOffset? StartedAt,
        IReadOnlyList<AnalysisMetric> Metrics,
        IReadOnlyDictionary<string, string> Units,
        string? ProvesNothingBecause,
        IReadOnlyList<string> Ignored) : ArgoObject(Name, Namespace, Ignored)
    {
        internal override string Kind => "AnalysisRun";
    }

    /// <summary>A deployment of Argo Rollouts.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Namespace">Its namespace, or null.</param>
    /// <param name="Revision">Of the rollout, or null.</param>
    /// <param name="IsBlueGreen">Blue-green, or canary.</param>
    /// <param name="IsCurrent">Whether its status is of the newest specification; null where that cannot be told, as with a hash for a generation.</param>
    /// <param name="Phase">How it stands.</param>
    /// <param name="IsPhaseDerived">True where the object states no phase and it was derived from conditions, as older versions ask for.</param>
    /// <param name="Message">The controller's words, or null.</param>
    /// <param name="IsAborted">Whether it was aborted.</param>
    /// <param name="AbortedAt">When, in UTC, or null.</param>
    /// <param name="Steps">As planned, in order; none for blue-green.</param>
    /// <param name="StepIndex">How many steps are behind it, or null.</param>
    /// <param name="Weight">The share of traffic that the new version has, 0 to 1: as the traffic router reports, else as the steps so far set it; null where neither is known.</param>
    /// <param name="IsWeightReported">Whether the traffic router reported it.</param>
    /// <param name="StableHash">The pods that everybody had, or null.</param>
    /// <param name="CurrentHash">The pods of the specification, or null.</param>
    /// <param name="ActiveHash">The pods that the active service of blue-green points to, or null.</param>
    /// <param name="PauseReasons">Why it is paused; none where it is not.</param>
    /// <param name="Images">What its containers run.</param>
    /// <param name="Ignored">Members that are unknown here.</param>
    public sealed record Rollout(
        string Name,
        string? Namespace,
        string? Revision,
        bool IsBlueGreen,
        bool? IsCurrent,
        RolloutPhase Phase,
        bool IsPhaseDerived,
        string? Message,
        bool IsAborted,
        DateTimeOffset? AbortedAt,
        IReadOnlyList<RolloutStep> Steps,
        int? StepIndex,
        double? Weight,
        bool IsWeightReported,
        string? StableHash,
        string? CurrentHash,
        string? ActiveHash,
        IReadOnlyList<string> PauseReasons,
        IReadOnlyList<string> Images,
        IReadOnlyList<string> Ignored) : ArgoObject(Name, Namespace, Ignored)
    {
        internal override string Kind => "Rollout";
    }

    /// <summary>An application of Argo CD.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Namespace">Its namespace, or null.</param>
    /// <param name="IsSynced">Whether the cluster is as its source says; null where Argo CD does not know.</param>
    /// <param name="Revisions">What it was compared with: one a source; commits, or versions of charts.</param>
    /// <param name="IsHealthy">Null where Argo CD does not know.</param>
    /// <param name="OperationPhase">Of the last sync, or null.</param>
    /// <param name="DeployedRevision">The newest entry of its history, or null.</param>
    /// <param name="DeployedAt">When, in UTC, or null.</param>
    /// <param name="ObservedAt">When it was last compared, in UTC, or null.</param>
    /// <param name="Images">What runs, by its summary.</param>
    /// <param name="Ignored">Members that are unknown here.</param>
    public sealed record Application(
        string Name,
        string? Namespace,
        bool? IsSynced,
        IReadOnlyList<string> Revisions,
        bool? IsHealthy,
        string? OperationPhase,
        string? DeployedRevision,
        DateTimeOffset? DeployedAt,
        DateTimeOffset? ObservedAt,
        IReadOnlyList<string> Images,
        IReadOnlyList<string> Ignored) : ArgoObject(Name, Namespace, Ignored)
    {
        internal override string Kind => "Application";
    }
}
