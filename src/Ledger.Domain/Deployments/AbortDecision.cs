namespace Ledger.Domain.Deployments;

/// <summary>Decides whether a rollout is given up: what everybody has is rolled back instead.</summary>
internal static class AbortDecision
{
    public static Decision Decide(DeploymentCommand.Abort command, Observation? observed, DeploymentState deployment)
    {
        if (Text.Check("reason", command.Reason, Text.NoteLength) is { } unreadable) return new Decision.Refused(unreadable);
        var breaches = new Breaches(observed);
        if (deployment.FullyOut is { } fullyOut)
            breaches.Add(new Refusal("already_fully_out", $"everybody has the release since event {fullyOut.Event.Sequence}", "roll it back: ledger rollback start"));
        return breaches.Answer(new DeploymentEvent.Aborted(command.Reason, observed));
    }
}
