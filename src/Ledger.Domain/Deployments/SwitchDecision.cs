using Ledger.Domain.Releases;

namespace Ledger.Domain.Deployments;

/// <summary>Decides whether all traffic may be pointed elsewhere at once.</summary>
internal static class SwitchDecision
{
    public static Decision Decide(DeploymentCommand.SwitchTraffic command, Observation? observed, ReleaseState state, DeploymentState deployment, DateTimeOffset at)
    {
        if ((Text.CheckName("to", command.To) ?? (command.From is null ? null : Text.CheckName("from", command.From))) is { } unreadable) return new Decision.Refused(unreadable);
        var breaches = new Breaches(observed);
        if (command.ToRelease)
        {
            breaches.Add(MoveRules.OfTheWayForward(deployment));
            breaches.Add(MoveRules.OfTheWindow(state, observed?.At ?? at));
            breaches.Add(PromoteDecision.StepsAhead(deployment));
        }

        return breaches.Answer(new DeploymentEvent.TrafficSwitched(command.To, command.ToRelease, command.From, observed));
    }
}
