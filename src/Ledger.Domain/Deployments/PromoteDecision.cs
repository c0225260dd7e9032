using Ledger.Domain.Releases;

namespace Ledger.Domain.Deployments;

/// <summary>Decides whether everybody may have the release: every step that reaches only some of them is over.</summary>
internal static class PromoteDecision
{
    public static Decision Decide(Observation? observed, ReleaseState state, DeploymentState deployment, DateTimeOffset at)
    {
        if (deployment.Promoted is { } promoted)
            return Decision.Refuse("already_promoted", $"the deployment was promoted with event {promoted.Event.Sequence}", "nothing to do");

        var breaches = new Breaches(observed);
        breaches.Add(MoveRules.OfTheWayForward(deployment));
        breaches.Add(MoveRules.OfTheWindow(state, observed?.At ?? at));
        breaches.Add(StepsAhead(deployment));
        return breaches.Answer(new DeploymentEvent.Promoted(observed));
    }

    /// <summary>A refusal while a step before the first that reaches everybody is not over; all of them, where none says how many it reaches.</summary>
    public static Refusal? StepsAhead(DeploymentState deployment) =>
        deployment.Terms!.Steps.TakeWhile(step => !(step.Weight?.Value >= 1))
            .FirstOrDefault(step => !deployment.Steps.Any(taken => taken.Name == step.Name && taken.Completed is not null)) is { } open
            ? deployment.Steps.Any(taken => taken.Name == open.Name)
                ? new Refusal("step_not_completed", $"the step '{open.Name}' is not over", $"complete it first: ledger canary complete {open.Name}")
                : new Refusal("step_skipped", $"the step '{open.Name}' was not taken", "take the steps in the plan's order")
            : null;
}
