namespace Ledger.Domain.Deployments;

/// <summary>Decides whether a rollout stands still, or goes on.</summary>
internal static class PauseDecision
{
    public static Decision Decide(DeploymentCommand.Pause command, Observation? observed, DeploymentState deployment)
    {
        if (Text.Check("reason", command.Reason, Text.NoteLength) is { } unreadable) return new Decision.Refused(unreadable);
        return deployment.Paused is { } paused
            ? Decision.Refuse("deployment_paused", $"the deployment stands still since event {paused.Event.Sequence}", "nothing to do")
            : Decision.Accept(new DeploymentEvent.Paused(command.Reason, observed));
    }

    public static Decision Decide(DeploymentCommand.Resume command, Observation? observed, DeploymentState deployment)
    {
        if (Text.Check("reason", command.Reason, Text.NoteLength) is { } unreadable) return new Decision.Refused(unreadable);
        return deployment.Paused is null
            ? Decision.Refuse("deployment_not_paused", "the deployment does not stand still", "nothing to do")
            : Decision.Accept(new DeploymentEvent.Resumed(command.Reason, observed));
    }
}
