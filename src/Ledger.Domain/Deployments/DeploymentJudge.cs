using Ledger.Domain.Deadlines;
using Ledger.Domain.Events;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.Watches;

namespace Ledger.Domain.Deployments;

/// <summary>Answers how a release's deployment stands, and what it says against the release. Pure.</summary>
internal static class DeploymentJudge
{
    /// <summary>How it stands; null where nothing was heard of it.</summary>
    public static DeploymentStanding? Judge(ReleaseState state, Policy policy, DateTimeOffset at)
    {
        if (state.Deployment is not { } deployment) return null;
        var terms = deployment.Terms ?? DeploymentTerms.Of(policy);
        var next = OpenDeadlines.Next(state);
        return new DeploymentStanding(
            deployment.Phase,
            deployment.Attempt,
            terms?.Strategy,
            [.. (terms?.Steps ?? []).Select(step => StepOf(step, deployment, at))],
            deployment.Triggers,
            deployment.Deviations,
            [.. (policy.AfterDeployment?.Checks ?? []).Select(check => CheckOf(CheckList.Watch, check, deployment))],
            [.. policy.Success.Select(check => CheckOf(CheckList.Success, check, deployment))],
            deployment.Started,
            deployment.Paused,
            deployment.Promoted,
            deployment.FullyOut,
            deployment.Aborted,
            deployment.Rollback,
            deployment.Rehearsed,
            deployment.FullyOut is { } fullyOut && terms?.Watch is { } watch ? fullyOut.At + watch.Duration : null,
            deployment.Watch?.Outcome,
            next is null ? null : new DeadlineStanding(next.Kind, next.Due, next.Subject));
    }

    /// <summary>What the deployment says against the release; none where nothing was heard of it.</summary>
    public static IEnumerable<Reason> Reasons(DeploymentState? deployment, Policy policy, DateTimeOffset at) => deployment is null
        ? []
        :
        [
            .. deployment.Deviations.Select(deviation => No("deviation", deviation.Subject, deviation.Code, deviation.Message, deviation.Event)),
            .. deployment.Triggers.Select(trigger => No("rollback_triggered", trigger.Rule, trigger.Text, trigger.Found, trigger.Event)),
            .. OfTheWay(deployment),
            .. RollbackReasons(deployment, at),
            .. deployment.Phase == DeploymentPhase.Started ? OfTheMeasurements(deployment, at) : [],
            .. OfTheChecks(deployment, policy),
        ];

    private static IEnumerable<Reason> OfTheWay(DeploymentState deployment)
    {
        if (deployment is { Phase: DeploymentPhase.Aborted, Aborted: { } aborted })
            yield return No("deployment_aborted", null, "a deployment that was given up did not go", "the deployment was aborted", aborted.Event);
        if (deployment.Paused is { } paused)
            yield return Pending("deployment_paused", null, "a deployment that stands still is not through", "the deployment was paused", paused.Event);
    }

    private static IEnumerable<Reason> RollbackReasons(DeploymentState deployment, DateTimeOffset at)
    {
        if (deployment.Rollback is not { } rollback) yield break;
        const string Rule = "a release that is taken back does not go";
        yield return rollback.Completed is { } completed
            ? No("rolled_back", null, Rule, $"it was rolled back: {rollback.Reason}", completed.Event)
            : No("rolling_back", null, Rule, $"it is being rolled back: {rollback.Reason}", rollback.Started.Event);
        if (deployment.Terms?.RollbackObjective is { } objective && (rollback.Within == false || (rollback.Completed is null && at - rollback.Started.At >= objective.Duration)))
            yield return No("rollback_objective_missed", null, $"a rollback takes less than {objective}", "the rollback takes, or took, as long or longer", (rollback.Completed ?? rollback.Started).Event);
        if (rollback is { Works: false, Verified: { } verified })
            yield return No("rollback_does_not_work", null, "what was there before works again", "it was found not to work", verified.Event);
        else if (rollback is { Completed: { } done, Verified: null })
            yield return Pending("rollback_not_verified", null, "what was there before works again", "nobody has looked whether it does", done.Event);
    }

    private static IEnumerable<Reason> OfTheMeasurements(DeploymentState deployment, DateTimeOffset at)
    {
        foreach (var rule in deployment.Terms!.Rules)
        {
            if (rule.Kind == RuleKind.AboveBaseline && deployment.Baselines.GetValueOrDefault(rule.Metric!).Value is null)
                yield return Pending("baseline_missing", rule.Name, rule.Text, $"nothing says what {rule.Metric} was before the release", deployment.Started!.Event);
        }

        foreach (var silent in SilentRules(deployment, at)) yield return silent;
        if (deployment.RunningStep is not { } running) yield break;
        var step = deployment.FindStep(running.Name)!;
        foreach (var (result, because) in StepAnalysis.Of(deployment, step, running, at))
        {
            var rule = RuleOf(deployment.Terms.Analyses.First(analysis => analysis.Name == result.Analysis));
            if (result.Outcome == Outcome.Failed) yield return No("analysis_failed", result.Analysis, rule, because!, running.Started.Event);
            else if (result.Outcome == Outcome.NotEvaluated && !IsBeginning(deployment, running, result, at))
                yield return Pending("analysis_inconclusive", result.Analysis, rule, because!, running.Started.Event);
        }
    }

    // What a rule looked at and sees no more may be anything. Of what the running step analyses its analyses say so, and once everybody has the
    // release the plan says what is looked at, and how often.
    private static IEnumerable<Reason> SilentRules(DeploymentState deployment, DateTimeOffset at)
    {
        var terms = deployment.Terms!;
        if (deployment.FullyOut is not null || terms.SilenceLimit?.Duration is not { } limit) yield break;
        var analysed = deployment.RunningStep is { } running ? deployment.FindStep(running.Name)!.Analyses : [];
        foreach (var rule in terms.Rules.Where(rule => rule.Metric is not null && deployment.Triggers.All(trigger => trigger.Rule != rule.Name || trigger.Kind != rule.Kind)))
        {
            var analyses = terms.Analyses.Where(analysis => analysis.Metric == rule.Metric).ToList();
            if (analyses.Exists(analysis => analysed.Contains(analysis.Name)) || deployment.SeriesOf(rule.Metric!).Newest is not { } newest) continue;
            if (at - newest > analyses.Select(analysis => analysis.SilenceUnder(limit)!.Value).Append(limit).Max())
                yield return Pending("rule_not_evaluated", rule.Name, rule.Text, $"{rule.Metric} was not measured since {UtcTimeJsonConverter.ToText(newest)}", deployment.Started!.Event);
        }
    }

    // Until the first measurement is overdue there is nothing to say.
    private static bool IsBeginning(DeploymentState deployment, StepState running, AnalysisResult result, DateTimeOffset at)
    {
        var analysis = deployment.Terms!.Analyses.First(each => each.Name == result.Analysis);
        return result is { Measured: 0, Inconclusive: 0 } && at - running.Started.At <= (analysis.SilenceUnder(deployment.Terms.SilenceLimit?.Duration) ?? analysis.Interval.Duration);
    }

    private static IEnumerable<Reason> OfTheChecks(DeploymentState deployment, Policy policy)
    {
        foreach (var (list, check) in (policy.AfterDeployment?.Checks ?? []).Select(check => (CheckList.Watch, check)).Concat(policy.Success.Select(check => (CheckList.Success, check))))
        {
            var known = deployment.Checks.GetValueOrDefault(DeploymentState.KeyOf(list, check.Name));
            var rule = check.Measured is { } measured ? $"{measured.Metric} {Measurements.Comparators.Symbol(measured.Comparator)} {measured.Threshold}" : check.Title;
            if (known?.Outcome == Outcome.Failed)
                yield return No("check_failed", check.Name, rule, known.Value is { } value ? FormattableString.Invariant($"{known.Source} says {value}") : $"it is not met, by {known.Source}", known.Event);
            else if (list == CheckList.Watch && deployment.Watch is { } watch && known?.Outcome != Outcome.Passed)
                yield return Pending("check_not_evaluated", check.Name, rule, "the watch ended and nothing shows it", watch.Event);
        }
    }

    private static StepStanding StepOf(StepTerms step, DeploymentState deployment, DateTimeOffset at)
    {
        var taken = deployment.Steps.FirstOrDefault(each => each.Name == step.Name);
        var running = taken is not null && taken.Completed is null && deployment.RunningStep == taken;
        return new StepStanding(
            step.Name,
            taken is null ? StepProgress.Pending : taken.Completed is null ? StepProgress.Running : StepProgress.Completed,
            running ? [.. StepAnalysis.Of(deployment, step, taken!, at).Select(each => each.Result)] : taken is null ? [] : taken.Analyses,
            step.Weight,
            step.Duration,
            taken?.Started,
            taken?.Completed);
    }

    private static CheckStanding CheckOf(CheckList list, Expectation check, DeploymentState deployment) =>
        deployment.Checks.TryGetValue(DeploymentState.KeyOf(list, check.Name), out var known)
            ? new CheckStanding(check.Name, check.Title, known.Outcome, known.Event, known.Source, known.Value)
            : new CheckStanding(check.Name, check.Title, Outcome.NotEvaluated);

    private static string RuleOf(AnalysisTerms analysis) => $"{analysis.Metric} {Measurements.Comparators.Symbol(analysis.Comparator)} {analysis.Threshold}";

    private static Reason No(string code, string? subject, string rule, string message, EventReference reference) => new(code, Verdict.NoGo, subject, rule, message, [reference]);

    private static Reason Pending(string code, string? subject, string rule, string message, EventReference reference) => new(code, Verdict.Pending, subject, rule, message, [reference]);
}
