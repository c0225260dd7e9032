using Ledger.Domain.Measurements;

namespace Ledger.Domain.Policies.Reading;

/// <summary>Reads the deployment's steps and the analyses that run during them.</summary>
internal static class DeploymentReader
{
    internal static DeploymentPlan? Plan(JsonValue value) => value.AsObject(plan =>
        new DeploymentPlan(plan.RequiredChoice<DeploymentStrategy>("strategy"), plan.Text("flag"), plan.RequiredList("steps", Step)));

    internal static Analysis? Analysis(JsonValue value) => value.AsObject(analysis =>
    {
        var (name, title) = ExpectationReader.NameAndTitle(analysis);
        return new Analysis(
            name,
            title,
            analysis.RequiredText("metric"),
            analysis.RequiredChoice<Comparator>("comparator"),
            analysis.RequiredQuantity("threshold"),
            analysis.RequiredDuration("interval"),
            analysis.Whole("failureLimit") ?? 0,
            analysis.Whole("inconclusiveLimit") ?? 0,
            analysis.Whole("consecutiveFailureLimit"),
            analysis.Text("query"),
            analysis.Object("reported", Reported),
            analysis.Choice<AnalysisFailure>("onFailure"));
    });

    internal static ReportedMetric? Reported(JsonValue value) => value.AsObject(reported => new ReportedMetric(reported.RequiredText("unit"), reported.Text("as")));

    private static DeploymentStep? Step(JsonValue value) => value.AsObject(step =>
    {
        var (name, title) = ExpectationReader.NameAndTitle(step);
        return new DeploymentStep(
            name,
            title,
            step.Share("weight"),
            step.Duration("duration"),
            step.Texts("analyses"),
            step.Whole("maxFailures"),
            step.Duration("offset"),
            step.Text("owner"),
            step.Texts("actions"),
            step.Texts("commands"));
    });
}
