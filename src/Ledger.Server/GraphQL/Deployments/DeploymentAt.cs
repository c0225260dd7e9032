using Ledger.Domain.Deployments;
using Ledger.Domain.Events;
using Ledger.Domain.Policies;
using Ledger.Server.GraphQL.Releases;

namespace Ledger.Server.GraphQL.Deployments;

/// <summary>Something of a deployment: what is read of the events behind one such thing is read for the whole deployment at once.</summary>
internal interface IDeploymentPart
{
    DeploymentAt Deployment { get; }
}

/// <summary>A release's way to its users at a moment.</summary>
/// <param name="release">The release then.</param>
internal sealed class DeploymentAt(ReleaseAt release) : IDeploymentPart
{
    public DeploymentAt Deployment => this;

    public ReleaseAt Release => release;

    public DeploymentState State { get; } = release.State.Deployment ?? DeploymentState.None;

    /// <summary>What it is held to, or will be if it starts; null where the policy plans no deployment.</summary>
    public DeploymentTerms? Terms { get; } = release.State.Deployment?.Terms ?? DeploymentTerms.Of(release.View.Policy.Policy);

    public Policy Policy => release.View.Policy.Policy;

    /// <summary>The time it is looked at.</summary>
    public DateTimeOffset At => release.View.At;

    /// <summary>A release's; null where the policy plans none and nothing was heard of one.</summary>
    public static DeploymentAt? Of(ReleaseAt release) => new DeploymentAt(release) is var deployment && (release.State.Deployment is not null || deployment.Terms is not null) ? deployment : null;

    /// <summary>The events that the state names; as many as the plan, the rules and the checks, never as the measurements.</summary>
    public IEnumerable<EventReference> References =>
    [
        .. Moments.OfType<Moment>().Select(moment => moment.Event),
        .. State.Triggers.Select(trigger => trigger.Event),
        .. State.Deviations.Select(deviation => deviation.Event),
        .. State.Checks.Values.Select(check => check.Event),
        .. State.Passed.Values.Select(passed => passed.Event),
        .. State.Watch is { } watch ? [watch.Event] : Array.Empty<EventReference>(),
    ];

    private IEnumerable<Moment?> Moments =>
    [
        State.Started, State.Paused, State.Promoted, State.FullyOut, State.Aborted, State.Rollback?.Started, State.Rollback?.Completed, State.Rollback?.Verified,
        .. State.Steps.SelectMany(step => new[] { step.Started, step.Completed }),
    ];
}
