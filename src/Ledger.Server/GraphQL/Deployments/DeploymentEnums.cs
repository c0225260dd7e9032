using Ledger.GraphQL.Types;

namespace Ledger.Server.GraphQL.Deployments;

/// <summary>The enums of what comes after the decision.</summary>
internal static class DeploymentEnums
{
    public static EnumType<Domain.Deployments.DeploymentPhase> Phase { get; } = new EnumType<Domain.Deployments.DeploymentPhase>("DeploymentPhase") { Description = "How far a release is on its way to its users." }
        .Value("NOT_STARTED", Domain.Deployments.DeploymentPhase.NotStarted, "Nothing was rolled out.")
        .Value("STARTED", Domain.Deployments.DeploymentPhase.Started, "It is on its way, or there.")
        .Value("ABORTED", Domain.Deployments.DeploymentPhase.Aborted, "It was given up.")
        .Value("ROLLING_BACK", Domain.Deployments.DeploymentPhase.RollingBack, "It is being taken back.")
        .Value("ROLLED_BACK", Domain.Deployments.DeploymentPhase.RolledBack, "It was taken back.");

    public static EnumType<Domain.Policies.DeploymentStrategy> Strategy { get; } = new EnumType<Domain.Policies.DeploymentStrategy>("DeploymentStrategy") { Description = "How a release reaches its users." }
        .Value("CANARY", Domain.Policies.DeploymentStrategy.Canary, "Growing shares of the traffic go to the new version.")
        .Value("BLUE_GREEN", Domain.Policies.DeploymentStrategy.BlueGreen, "The new version is built up beside the old one and the traffic is switched over.")
        .Value("ROLLING", Domain.Policies.DeploymentStrategy.Rolling, "Instances are replaced a few at a time.")
        .Value("FEATURE_FLAG", Domain.Policies.DeploymentStrategy.FeatureFlag, "Everybody has the new version; growing shares of the users have its flag.");

    public static EnumType<Domain.Deployments.StepProgress> StepProgress { get; } = new EnumType<Domain.Deployments.StepProgress>("StepProgress") { Description = "How far a step is." }
        .Value("PENDING", Domain.Deployments.StepProgress.Pending, "It has not begun.")
        .Value("RUNNING", Domain.Deployments.StepProgress.Running, "It has begun and is not over.")
        .Value("COMPLETED", Domain.Deployments.StepProgress.Completed, "It is over.");

    public static EnumType<Domain.Policies.AnalysisFailure> AnalysisFailure { get; } = new EnumType<Domain.Policies.AnalysisFailure>("AnalysisFailure") { Description = "What follows when an analysis failed more often in a step than its limits bear." }
        .Value("HOLD", Domain.Policies.AnalysisFailure.Hold, "Nothing else: the step is not over.")
        .Value("PAUSE", Domain.Policies.AnalysisFailure.Pause, "The rollout stands still until somebody resumes it.")
        .Value("ABORT", Domain.Policies.AnalysisFailure.Abort, "The rollout is given up; where everybody has the release already, it is to be rolled back.")
        .Value("ROLLBACK", Domain.Policies.AnalysisFailure.Rollback, "The release is to be rolled back.");

    public static EnumType<Domain.Deployments.SampleTiming> Timing { get; } = new EnumType<Domain.Deployments.SampleTiming>("MeasurementTiming") { Description = "Why a measurement is kept beside those that count." }
        .Value("BASELINE", Domain.Deployments.SampleTiming.Baseline, "What it was before the release: what multiples of a baseline are taken of.")
        .Value("BEFORE", Domain.Deployments.SampleTiming.Before, "It is of a time before the deployment began.")
        .Value("LATE", Domain.Deployments.SampleTiming.Late, "It came after so many later ones that it cannot be put in its place any more.")
        .Value("AHEAD", Domain.Deployments.SampleTiming.Ahead, "It is of a time that has not come yet: its source's clock is wrong.");

    public static EnumType<Domain.Deployments.RuleKind> RuleKind { get; } = new EnumType<Domain.Deployments.RuleKind>("RollbackRuleKind") { Description = "What kind of rule takes a release back." }
        .Value("SUSTAINED", Domain.Deployments.RuleKind.Sustained, "Every measurement over a span of time is beyond a threshold.")
        .Value("FAILURES_IN_A_ROW", Domain.Deployments.RuleKind.FailuresInARow, "Measurements of an analysis fail one after the other.")
        .Value("OCCURRENCES", Domain.Deployments.RuleKind.Occurrences, "Too many occurrences within a sliding span of time.")
        .Value("ABOVE_BASELINE", Domain.Deployments.RuleKind.AboveBaseline, "A measurement exceeds a multiple of what it was before the release.")
        .Value("ANALYSIS_LIMIT", Domain.Deployments.RuleKind.AnalysisLimit, "An analysis failed more often in a step than its limits, or the step's, bear.");

    public static EnumType<Domain.Deployments.RuleProgress> RuleProgress { get; } = new EnumType<Domain.Deployments.RuleProgress>("RollbackRuleProgress") { Description = "How near a rollback rule is to firing. NOT_EVALUATED is never QUIET." }
        .Value("NOT_EVALUATED", Domain.Deployments.RuleProgress.NotEvaluated, "Nobody can tell: what it looks at is not measured, not any more, or its baseline is missing.")
        .Value("QUIET", Domain.Deployments.RuleProgress.Quiet, "What it looks at is measured, and its condition does not hold.")
        .Value("BUILDING", Domain.Deployments.RuleProgress.Building, "Its condition holds, and not yet for long or often enough.")
        .Value("FIRED", Domain.Deployments.RuleProgress.Fired, "It fired in this attempt.");

    public static EnumType<Domain.Rollbacks.RollbackCause> Cause { get; } = new EnumType<Domain.Rollbacks.RollbackCause>("RollbackCause") { Description = "What makes a release go back." }
        .Value("RULE", Domain.Rollbacks.RollbackCause.Rule, "A rule that fired.")
        .Value("MANUAL", Domain.Rollbacks.RollbackCause.Manual, "A person who decided so.")
        .Value("EMERGENCY", Domain.Rollbacks.RollbackCause.Emergency, "A person who decided so at once, outside the procedure.");

    public static EnumType<Domain.Watches.CheckList> CheckList { get; } = new EnumType<Domain.Watches.CheckList>("PostDeploymentList") { Description = "Which of the policy's lists a check after the deployment is from." }
        .Value("WATCH", Domain.Watches.CheckList.Watch, "What is watched once the release is fully out.")
        .Value("SUCCESS", Domain.Watches.CheckList.Success, "What must be true for the release to be closed as a success.");

    public static EnumType<Domain.Deadlines.DeadlineKind> DeadlineKind { get; } = new EnumType<Domain.Deadlines.DeadlineKind>("DeadlineKind") { Description = "What runs out." }
        .Value("ANALYSIS_DUE", Domain.Deadlines.DeadlineKind.AnalysisDue, "The next measurement of an analysis.")
        .Value("SILENCE", Domain.Deadlines.DeadlineKind.Silence, "How long measurements of an analysis may be missing.")
        .Value("STEP_END", Domain.Deadlines.DeadlineKind.StepEnd, "The time that a step takes.")
        .Value("WINDOW_END", Domain.Deadlines.DeadlineKind.WindowEnd, "The maintenance window.")
        .Value("WAIVER_END", Domain.Deadlines.DeadlineKind.WaiverEnd, "A waiver.")
        .Value("APPROVAL_DUE", Domain.Deadlines.DeadlineKind.ApprovalDue, "The time for an emergency's approvals.")
        .Value("ROLLBACK_OBJECTIVE", Domain.Deadlines.DeadlineKind.RollbackObjective, "The time that a rollback may take.")
        .Value("WATCH_END", Domain.Deadlines.DeadlineKind.WatchEnd, "The watch after the deployment.");

    public static EnumType<DeadlineStatus> DeadlineStatus { get; } = new EnumType<DeadlineStatus>("DeadlineStatus") { Description = "What became of a deadline." }
        .Value("OPEN", Deployments.DeadlineStatus.Open, "It is still to pass.")
        .Value("PASSED", Deployments.DeadlineStatus.Passed, "It passed, and nothing that had to be there by then was missing.")
        .Value("MISSED", Deployments.DeadlineStatus.Missed, "It passed, and what had to be there by then was not.");
}

/// <summary>What became of a deadline.</summary>
internal enum DeadlineStatus
{
    Open,
    Passed,
    Missed,
}
