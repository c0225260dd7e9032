using Ledger.Domain.Deployments;
using Ledger.Domain.Measurements;
using Ledger.GraphQL.Types;
using Ledger.Server.GraphQL.Values;

namespace Ledger.Server.GraphQL.Deployments;

/// <summary>A step of a deployment's plan.</summary>
/// <param name="Deployment">The deployment.</param>
/// <param name="Terms">What is planned.</param>
/// <param name="Taken">What was done; null before it began.</param>
internal sealed record StepAt(DeploymentAt Deployment, StepTerms Terms, StepState? Taken) : IDeploymentPart
{
    public static IEnumerable<StepAt> Of(DeploymentAt deployment) =>
        (deployment.Terms?.Steps ?? []).Select(step => new StepAt(deployment, step, deployment.State.Steps.FirstOrDefault(taken => taken.Name == step.Name)));
}

/// <summary>An analysis in a step.</summary>
/// <param name="Step">The step.</param>
/// <param name="Standing">How it stands there.</param>
internal sealed record AnalysisAt(StepAt Step, AnalysisStanding Standing)
{
    public DeploymentAt Deployment => Step.Deployment;
}

/// <summary>The types of steps and their analyses.</summary>
internal static class StepType
{
    public static ObjectType<StepAt> Type { get; } = new("CanaryStep") { Description = "A step on a release's way to its users, as it is planned and as it was taken. Every strategy has them, not canaries alone." };

    private static readonly ObjectType<AnalysisAt> AnalysisType = new("Analysis") { Description = "What is measured in a step, and what it comes to there." };

    public static void Define()
    {
        Type.Field("name", Scalars.String.NonNull(), step => step.Terms.Name).Describe("Its name in the plan.");
        Type.Field("progress", DeploymentEnums.StepProgress.NonNull(), step => step.Taken is null ? StepProgress.Pending : step.Taken.Completed is null ? StepProgress.Running : StepProgress.Completed).Describe("How far it is.");
        Type.Field("weight", Scalars.String, step => step.Terms.Weight?.Text).Describe("The share of traffic or users it is to reach, as the policy writes it; null where it moves none.");
        Type.Field("share", Scalars.Float, step => step.Terms.Weight?.Value).Describe("That share as a fraction.");
        Type.DataField<StepAt, DeploymentEvent.StepStarted>("actualWeight", Scalars.String, step => step.Taken?.Started.Event, (_, started) => started.Weight?.Text).Describe("The share that it reached; null where it moved none, or has not begun.");
        Type.Field("minimumDuration", Scalars.String, step => step.Terms.Duration?.Text).Describe("How long it takes at least, as the policy writes it.");
        Type.Field("minimumDurationMs", LedgerScalars.Long, step => Milliseconds(step.Terms.Duration)).Describe("That time in milliseconds.");
        Type.Field("actualDurationMs", LedgerScalars.Long, step => step.Taken is { Completed: { } completed } taken ? (long)(completed.At - taken.Started.At).TotalMilliseconds : null).Describe("How long it took, in milliseconds; null while it is not over.");
        Type.Field("offset", Scalars.String, step => step.Terms.Offset?.Text).Describe("How long after the start of the deployment it begins, as the policy writes it.");
        Type.Field("maxFailures", Scalars.Int, step => step.Terms.MaxFailures).Describe("How many failed measurements of all its analyses it bears; null where each analysis has its own limit.");
        Type.MomentField("started", step => step.Taken?.Started).Describe("When it began; null before.");
        Type.MomentField("completed", step => step.Taken?.Completed).Describe("When it was over; null before.");
        Type.Field("outcome", Enums.Outcome.NonNull(), step => OutcomeOf(step)).Describe("What all its analyses come to; NOT_EVALUATED while it is not over, unless one has failed.");
        Type.Field("analyses", AnalysisType.NonNull().List().NonNull(), step => AnalysesOf(step).Select(standing => new AnalysisAt(step, standing)).ToList()).Describe("What is measured in it, in the plan's order.").Sized(new ListSize(4, [], [], false));

        AnalysisType.Field("name", Scalars.String.NonNull(), analysis => analysis.Standing.Terms.Name).Describe("Its name in the policy.");
        AnalysisType.Field("metric", Scalars.String.NonNull(), analysis => analysis.Standing.Terms.Metric).Describe("The metric.");
        AnalysisType.Field("comparator", Enums.Comparator.NonNull(), analysis => analysis.Standing.Terms.Comparator).Describe("How it is compared: a measurement that holds is good.");
        AnalysisType.Field("threshold", Scalars.String.NonNull(), analysis => analysis.Standing.Terms.Threshold.Text).Describe("With what, as the policy writes it.");
        AnalysisType.Field("interval", Scalars.String.NonNull(), analysis => analysis.Standing.Terms.Interval.Text).Describe("The time between two measurements, as the policy writes it.");
        AnalysisType.Field("failureLimit", Scalars.Int.NonNull(), analysis => analysis.Standing.Terms.FailureLimit).Describe("How many failed measurements it bears in a step.");
        AnalysisType.Field("consecutiveFailureLimit", Scalars.Int, analysis => analysis.Standing.Terms.ConsecutiveFailureLimit).Describe("How many it bears one after the other; null where not limited.");
        AnalysisType.Field("inconclusiveLimit", Scalars.Int.NonNull(), analysis => analysis.Standing.Terms.InconclusiveLimit).Describe("How many measurements without a value it bears.");
        AnalysisType.Field("onFailure", DeploymentEnums.AnalysisFailure.NonNull(), analysis => analysis.Standing.Terms.OnFailure ?? Domain.Policies.AnalysisFailure.Hold).Describe("What follows when it bears no more.");
        AnalysisType.Field("outcome", Enums.Outcome.NonNull(), analysis => analysis.Standing.Outcome).Describe("What it comes to in the step, or came to once the step is over. Missing measurements are NOT_EVALUATED.");
        AnalysisType.Field("because", Scalars.String, analysis => analysis.Standing.Because).Describe("Why it did not pass; null where it did.");
        AnalysisType.Field("measured", Scalars.Int.NonNull(), analysis => analysis.Standing.Measured).Describe("How many measurements of the step had a value.");
        AnalysisType.Field("failed", Scalars.Int.NonNull(), analysis => analysis.Standing.Failed).Describe("How many of them failed.");
        AnalysisType.Field("inconclusive", Scalars.Int.NonNull(), analysis => analysis.Standing.Inconclusive).Describe("How many had none.");
        AnalysisType.Field("failuresInARow", Scalars.Int, analysis => analysis.Standing.InARow).Describe("How many have failed since the last one that did not; null where the step does not run.");
        AnalysisType.Field("worstFailuresInARow", Scalars.Int, analysis => analysis.Standing.WorstInARow).Describe("The most that failed one after the other; null where the step does not run.");
        MeasurementType.DefineOn(AnalysisType);
    }

    private static IReadOnlyList<AnalysisStanding> AnalysesOf(StepAt step) => AnalysisStanding.Of(step.Deployment.Terms!, step.Terms, step.Deployment.State, step.Deployment.At);

    private static Domain.Releases.Outcome OutcomeOf(StepAt step)
    {
        var analyses = AnalysesOf(step);
        return analyses.Any(analysis => analysis.Outcome == Domain.Releases.Outcome.Failed) ? Domain.Releases.Outcome.Failed
            : step.Taken?.Completed is not null && analyses.All(analysis => analysis.Outcome == Domain.Releases.Outcome.Passed) ? Domain.Releases.Outcome.Passed
            : Domain.Releases.Outcome.NotEvaluated;
    }

    private static long? Milliseconds(Quantity? quantity) => quantity is { } given ? (long)given.Duration.TotalMilliseconds : null;
}
