using Ledger.Domain.Releases;

namespace Ledger.Domain.Deployments;

/// <summary>
/// What may be asked of a release's rollout. With an <see cref="Observation"/> a command says that it has happened already: what would have
/// refused it is then recorded as a deviation beside it.
/// </summary>
public abstract record DeploymentCommand : ReleaseCommand
{
    private DeploymentCommand(ReleaseId release) : base(release) { }

    /// <summary>Begin the rollout, of what was decided on.</summary>
    /// <param name="Release">The release.</param>
    /// <param name="Commit">The commit that is deployed; with null, an artifact must say what it is.</param>
    /// <param name="Artifacts">What is deployed, by digest.</param>
    /// <param name="Observed">Where it has happened already.</param>
    public sealed record Start(ReleaseId Release, string? Commit, IReadOnlyList<Artifact> Artifacts, Observation? Observed = null) : DeploymentCommand(Release)
    {
        internal override string Act => "start a deployment";
    }

    /// <summary>Begin the next step.</summary>
    public sealed record StartStep(ReleaseId Release, string Step, Observation? Observed = null) : DeploymentCommand(Release)
    {
        internal override string Act => "start a step of a deployment";
    }

    /// <summary>Bring in measurements of the running service. What is there already is left out; rules and limits that are reached take effect with it.</summary>
    /// <param name="Release">The release.</param>
    /// <param name="Samples">1 to <see cref="MeasureDecision.SamplesAtMost"/>.</param>
    public sealed record Measure(ReleaseId Release, IReadOnlyList<Sample> Samples) : DeploymentCommand(Release)
    {
        internal override string Act => "report measurements of a deployment";
    }

    /// <summary>End the running step.</summary>
    public sealed record CompleteStep(ReleaseId Release, string Step, Observation? Observed = null) : DeploymentCommand(Release)
    {
        internal override string Act => "complete a step of a deployment";
    }

    /// <summary>Let the rollout stand still.</summary>
    public sealed record Pause(ReleaseId Release, string Reason, Observation? Observed = null) : DeploymentCommand(Release)
    {
        internal override string Act => "pause a deployment";
    }

    /// <summary>Let the rollout go on.</summary>
    public sealed record Resume(ReleaseId Release, string Reason, Observation? Observed = null) : DeploymentCommand(Release)
    {
        internal override string Act => "resume a deployment";
    }

    /// <summary>Let everybody have the release.</summary>
    public sealed record Promote(ReleaseId Release, Observation? Observed = null) : DeploymentCommand(Release)
    {
        internal override string Act => "promote a deployment";
    }

    /// <summary>Give the rollout up.</summary>
    public sealed record Abort(ReleaseId Release, string Reason, Observation? Observed = null) : DeploymentCommand(Release)
    {
        internal override string Act => "abort a deployment";
    }

    /// <summary>Point all traffic elsewhere at once.</summary>
    /// <param name="Release">The release.</param>
    /// <param name="To">Where it goes, e.g. <c>green</c>.</param>
    /// <param name="ToRelease">Whether that is this release.</param>
    /// <param name="From">Where it went, if that is known.</param>
    /// <param name="Observed">Where it has happened already.</param>
    public sealed record SwitchTraffic(ReleaseId Release, string To, bool ToRelease = true, string? From = null, Observation? Observed = null) : DeploymentCommand(Release)
    {
        internal override string Act => "switch traffic";
    }

    /// <summary>Put on record that what runs is not what the ledger says, e.g. drift of the deployed commit.</summary>
    /// <param name="Release">The release.</param>
    /// <param name="Code">Stable and snake_case, e.g. <c>drifted</c>.</param>
    /// <param name="Message">What was seen.</param>
    /// <param name="Observed">When, and who saw it.</param>
    /// <param name="Subject">What it is about, if anything in particular.</param>
    public sealed record RecordDeviation(ReleaseId Release, string Code, string Message, Observation Observed, string? Subject = null) : DeploymentCommand(Release)
    {
        internal override string Act => "record a deviation";
    }
}
