using Ledger.Domain.Releases;

namespace Ledger.Domain.Deployments;

/// <summary>What forbids the next move of a rollout, whichever move it is.</summary>
internal static class MoveRules
{
    /// <summary>A refusal outside the maintenance window; null within it, without one, and once everybody has the release.</summary>
    public static Refusal? OfTheWindow(ReleaseState state, DateTimeOffset when)
    {
        if (state.Opened.Window is not { } window || state.Deployment?.FullyOut is not null) return null;
        if (when < window.Start)
            return new Refusal("outside_window", $"it is {UtcTimeJsonConverter.ToText(when)}; the maintenance window starts at {UtcTimeJsonConverter.ToText(window.Start)}", "wait for the window");
        return when >= window.End
            ? new Refusal("outside_window", $"it is {UtcTimeJsonConverter.ToText(when)}; the maintenance window ended at {UtcTimeJsonConverter.ToText(window.End)}", "open a new version, with a window that is still to come")
            : null;
    }

    /// <summary>A refusal while a rule says to go back, or somebody lets the rollout stand still.</summary>
    public static Refusal? OfTheWayForward(DeploymentState deployment)
    {
        if (deployment.Triggers is [.., var trigger])
            return new Refusal("rollback_triggered", $"the rule '{trigger.Rule}' fired: {trigger.Found}", "roll it back: ledger rollback start");
        return deployment.Paused is { } paused
            ? new Refusal("deployment_paused", $"the deployment stands still since event {paused.Event.Sequence}", "resume it first")
            : null;
    }
}
