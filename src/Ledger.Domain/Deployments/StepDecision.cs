using Ledger.Domain.Releases;

namespace Ledger.Domain.Deployments;

/// <summary>Decides whether a step may begin, or is over: none is skipped, none is left early, none on analyses that did not pass.</summary>
internal static class StepDecision
{
    public static Decision Start(DeploymentCommand.StartStep command, Observation? observed, ReleaseState state, DeploymentState deployment, DateTimeOffset at)
    {
        if (deployment.FindStep(command.Step) is not { } step) return Unknown(command.Step, deployment);
        if (deployment.Steps.FirstOrDefault(taken => taken.Name == step.Name) is { } taken)
            return Decision.Refuse("step_already_taken", $"the step '{step.Name}' began with event {taken.Started.Event.Sequence}", "go on with the next one");

        var when = observed?.At ?? at;
        var breaches = new Breaches(observed, step.Name);
        breaches.Add(MoveRules.OfTheWayForward(deployment));
        breaches.Add(MoveRules.OfTheWindow(state, when));
        breaches.Add(Ahead(step.Name, deployment));
        if (step.Offset is { } offset && state.Opened.Window is { } window)
        {
            breaches.Add(
                when < window.Start + offset.Duration, "too_early",
                $"the step '{step.Name}' starts {offset} into the window, at {UtcTimeJsonConverter.ToText(window.Start + offset.Duration)}", "wait for it");
        }

        return breaches.Answer(new DeploymentEvent.StepStarted(step.Name, step.Weight, observed));
    }

    public static Decision Complete(DeploymentCommand.CompleteStep command, Observation? observed, DeploymentState deployment, DateTimeOffset at)
    {
        if (deployment.FindStep(command.Step) is not { } step) return Unknown(command.Step, deployment);
        if (deployment.RunningStep is not { } running || running.Name != step.Name)
        {
            return Decision.Refuse(
                "step_not_running", $"the step '{step.Name}' is not running{(deployment.RunningStep is { } other ? $", '{other.Name}' is" : "")}", "start it first: ledger canary step");
        }

        var when = observed?.At ?? at;
        var results = StepAnalysis.Of(deployment, step, running, when);
        var breaches = new Breaches(observed, step.Name);
        breaches.Add(MoveRules.OfTheWayForward(deployment));
        if (step.Duration is { } duration)
        {
            breaches.Add(
                when - running.Started.At < duration.Duration, "too_early",
                $"the step '{step.Name}' takes {duration}, until {UtcTimeJsonConverter.ToText(running.Started.At + duration.Duration)}", "wait for it");
        }

        foreach (var (result, because) in results)
        {
            breaches.Add(result.Outcome == Outcome.Failed, "analysis_not_passed", $"{result.Analysis}: {because}", "abort the deployment or roll it back");
            breaches.Add(result.Outcome == Outcome.NotEvaluated, "analysis_inconclusive", $"{result.Analysis}: {because}", "bring in the measurements that are missing");
        }

        return breaches.Answer(new DeploymentEvent.StepCompleted(step.Name, [.. results.Select(each => each.Result)], observed));
    }

    // The first step of the plan that stands between what was done and this one.
    private static Refusal? Ahead(string name, DeploymentState deployment)
    {
        if (deployment.RunningStep is { } running)
            return new Refusal("step_not_completed", $"the step '{running.Name}' is not over", $"complete it first: ledger canary complete {running.Name}");
        return deployment.Terms!.Steps.TakeWhile(step => step.Name != name).FirstOrDefault(step => deployment.Steps.All(taken => taken.Name != step.Name)) is { } skipped
            ? new Refusal("step_skipped", $"the step '{skipped.Name}' comes before '{name}' and was not taken", "take the steps in the plan's order")
            : null;
    }

    private static Decision Unknown(string name, DeploymentState deployment) => Decision.Refuse(
        "step_unknown",
        $"the plan has no step '{(name.Length <= 80 ? name : name[..80] + "…")}'",
        $"it has: {string.Join(", ", deployment.Terms!.Steps.Select(step => step.Name))}");
}
