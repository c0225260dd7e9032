namespace Ledger.Domain.Policies.Checking;

/// <summary>A deployment's steps can be taken one after the other, and what they name is there.</summary>
internal static class DeploymentRules
{
    internal static void Check(Policy policy, ProblemSink problems)
    {
        for (var i = 0; i < policy.Analyses.Count; i++) Check(policy.Analyses[i], $"$.analyses[{i}]", problems);
        if (policy.Deployment is not { } plan) return;

        if (plan.Steps.Count == 0)
            problems.Error(
                PolicyProblemCodes.OutOfRange, "$.deployment.steps",
                "The deployment has no steps; add them or leave 'deployment' out.");
        if (plan.Strategy == DeploymentStrategy.FeatureFlag && plan.Flag is null)
            problems.Error(PolicyProblemCodes.MissingMember, "$.deployment", "A feature-flag deployment turns a flag; name it in 'flag'.");
        if (plan.Strategy != DeploymentStrategy.FeatureFlag && plan.Flag is not null)
            problems.Error(PolicyProblemCodes.InvalidValue, "$.deployment.flag", "Only a feature-flag deployment turns a flag; remove it or change the strategy.");

        var analyses = policy.Analyses.Select(analysis => analysis.Name).ToList();
        var roles = policy.Roles.Select(role => role.Name).ToList();
        for (var i = 0; i < plan.Steps.Count; i++)
        {
            var (step, path) = (plan.Steps[i], $"$.deployment.steps[{i}]");
            problems.Duration($"{path}.duration", step.Duration);
            problems.NotNegative($"{path}.maxFailures", step.MaxFailures);
            problems.Reference($"{path}.owner", step.Owner, roles, "role", PolicyProblemCodes.UnknownRole);
            for (var j = 0; j < step.Analyses.Count; j++) problems.Reference($"{path}.analyses[{j}]", step.Analyses[j], analyses, "analysis");
            if (step.Analyses.Count > 0 && step.Duration is { } duration) LongEnough(policy, step, duration.Value, path, problems);
        }

        Weights(plan, problems);
        Offsets(plan, policy.Maintenance?.Window, problems);
    }

    private static void Check(Analysis analysis, string path, ProblemSink problems)
    {
        problems.RuntimeMetric($"{path}.metric", analysis.Metric, analysis.Threshold);
        problems.Duration($"{path}.interval", analysis.Interval);
        problems.NotNegative($"{path}.failureLimit", analysis.FailureLimit);
        problems.NotNegative($"{path}.inconclusiveLimit", analysis.InconclusiveLimit);
        problems.NotNegative($"{path}.consecutiveFailureLimit", analysis.ConsecutiveFailureLimit);
    }

    private static void LongEnough(Policy policy, DeploymentStep step, double durationMs, string path, ProblemSink problems)
    {
        var slow = policy.Analyses.FirstOrDefault(analysis => step.Analyses.Contains(analysis.Name) && analysis.Interval.Value > durationMs);
        if (slow is not null)
            problems.Error(
                PolicyProblemCodes.WindowTooShort, $"{path}.duration",
                $"The step '{step.Name}' is over before '{slow.Name}' measures for the first time ({slow.Interval.Text}); make it longer or measure more often.");
    }

    // Traffic only ever grows towards the new version, and all of it has to arrive.
    private static void Weights(DeploymentPlan plan, ProblemSink problems)
    {
        var gradual = plan.Strategy is DeploymentStrategy.Canary or DeploymentStrategy.FeatureFlag;
        var reached = 0.0;
        var reachedText = "0%";
        for (var i = 0; i < plan.Steps.Count; i++)
        {
            var path = $"$.deployment.steps[{i}]";
            if (plan.Steps[i].Weight is not { } weight)
            {
                if (gradual)
                    problems.Error(
                        PolicyProblemCodes.MissingMember, path,
                        $"The step '{plan.Steps[i].Name}' has no 'weight'; say how much it reaches.", "e.g. weight: 10%");
                continue;
            }

            if (weight.Value > reached && weight.Value <= 1) (reached, reachedText) = (weight.Value, weight.Text);
            else
                problems.Error(
                    PolicyProblemCodes.StepUnreachable, $"{path}.weight",
                    $"The step '{plan.Steps[i].Name}' cannot go to {weight.Text} from {reachedText}; weights grow, up to 100%.");
        }

        if (gradual && plan.Steps.Count > 0 && reached < 1)
            problems.Error(PolicyProblemCodes.StepUnreachable, "$.deployment.steps", $"The steps end at {reachedText}; let the last one reach 100%.");
    }

    private static void Offsets(DeploymentPlan plan, MaintenanceWindow? window, ProblemSink problems)
    {
        var (last, lastText) = (0.0, "0min");
        for (var i = 0; i < plan.Steps.Count; i++)
        {
            if (plan.Steps[i] is not { Offset: { } offset } step) continue;
            var path = $"$.deployment.steps[{i}].offset";
            if (offset.Value < last)
                problems.Error(
                    PolicyProblemCodes.StepUnreachable, path,
                    $"The step '{step.Name}' starts at {offset.Text}, before the step ahead of it ({lastText}); put the steps in order.");
            else (last, lastText) = (offset.Value, offset.Text);
            if (window is not null && offset.Value + (step.Duration?.Value ?? 0) > window.Duration.Value)
                problems.Error(
                    PolicyProblemCodes.OutOfRange, path,
                    $"The step '{step.Name}' ends after the maintenance window of {window.Duration.Text}; shorten the timeline or widen the window.");
        }
    }
}
