using Ledger.Domain.Deployments;
using Ledger.Domain.Measurements;
using Ledger.Domain.Policies;
using Ledger.Intake.Argo;
using Ledger.Server.Http;

namespace Ledger.Server.Argo;

/// <summary>
/// The measurements of an AnalysisRun as the policy names them: by the metric, by what it is reported as, else by the analysis of that name. What Argo concluded from
/// them is not taken over.
/// </summary>
internal static class ArgoSamples
{
    /// <summary>The run's finished measurements as far as their unit is known, and what else there is to know of it.</summary>
    /// <param name="run">The run.</param>
    /// <param name="terms">What asks for its metrics.</param>
    /// <param name="policy">What says how they are reported.</param>
    /// <param name="units">What numbers count in.</param>
    /// <param name="notes">What else there is to know.</param>
    /// <returns>The measurements, and how many were left out because nothing says what they count in.</returns>
    public static (IReadOnlyList<Sample> Samples, int LeftOut) Of(ArgoObject.AnalysisRun run, DeploymentTerms terms, Policy policy, ArgoUnits units, List<string> notes)
    {
        if (run.ProvesNothingBecause is { } nothing) notes.Add($"{run.Name} proves nothing: {nothing}");
        var source = SourceOf("argo-rollouts", run);
        var samples = new List<Sample>();
        var leftOut = 0;
        foreach (var metric in run.Metrics)
        {
            if (Planned(terms, policy.MetricReportedAs(metric.Name) ?? metric.Name) is not var (name, unit))
            {
                notes.Add($"'{Shown(metric.Name)}' is neither in an analysis nor in a rollback rule of the policy");
                continue;
            }

            if (metric.Missing > 0) notes.Add($"'{Shown(metric.Name)}' was measured {metric.Missing} times more often than the object still holds");
            var stated = units.Find(run, metric.Name, name, unit, out var because);
            var unknown = 0;
            foreach (var measurement in metric.Measurements.Where(measurement => measurement.FinishedAt is not null))
            {
                if (ValueOf(measurement, unit) is not { } number)
                    samples.Add(new Sample(name, measurement.FinishedAt!.Value, source, stated?.Unit ?? unit, Because: Because(measurement)));
                else if (stated is null)
                    unknown++;
                else
                    samples.Add(Measured(new Sample(name, measurement.FinishedAt!.Value, source, stated.Value.Unit, stated.Value.Convert(number)), terms));
            }

            if (unknown > 0) notes.Add($"{unknown} measurements of '{Shown(metric.Name)}' are left out: {because}, and '{Shown(name)}' is held against {Shown(Threshold(terms, name))}");
            leftOut += unknown;
        }

        return (samples, leftOut);
    }

    /// <summary>Who says so: controller, namespace and object; on one line and no longer than a name may be.</summary>
    public static string SourceOf(string controller, ArgoObject of) =>
        ArgoText.Line(FreeText.Redact(string.Join('/', ((string?[])[controller, of.Namespace, of.Name]).OfType<string>())), ArgoText.NameLength, controller);

    // One number that cannot be one of the metric's says as much as none, and must not keep the others from being recorded.
    private static Sample Measured(Sample sample, DeploymentTerms terms) => sample.Value switch
    {
        { } value when !double.IsFinite(value) => sample with { Value = null, Because = "its number is too large" },
        { } value when terms.Counts(sample.Metric) && (value < 0 || !double.IsInteger(value)) => sample with { Value = null, Because = FormattableString.Invariant($"{value} counts nothing") },
        _ => sample,
    };

    // A metric that passes or fails without a number, a job's, is a yes or no.
    private static double? ValueOf(AnalysisMeasurement measurement, Unit unit) => measurement.Phase switch
    {
        AnalysisPhase.Error => null,
        AnalysisPhase.Successful or AnalysisPhase.Failed when measurement.Value is null && unit == Unit.Boolean => measurement.Phase == AnalysisPhase.Successful ? 1 : 0,
        _ => measurement.Value,
    };

    private static string Because(AnalysisMeasurement measurement) => ArgoText.Line(
        measurement.Message, ArgoText.TextLength, measurement.Phase == AnalysisPhase.Error ? "it could not be measured" : measurement.Values.Count > 1 ? "it has several values" : "it has no number");

    private static (string Metric, Unit Unit)? Planned(DeploymentTerms terms, string name)
    {
        if ((terms.Analyses.FirstOrDefault(analysis => analysis.Metric == name) ?? terms.Analyses.FirstOrDefault(analysis => analysis.Name == name)) is { } analysis)
            return (analysis.Metric, analysis.Threshold.Unit ?? Unit.Count);
        return terms.Rules.FirstOrDefault(rule => rule.Metric == name) is { } rule ? (name, rule.Threshold?.Unit ?? Unit.Count) : null;
    }

    private static string Threshold(DeploymentTerms terms, string metric) =>
        (terms.Analyses.FirstOrDefault(analysis => analysis.Metric == metric)?.Threshold ?? terms.Rules.First(rule => rule.Metric == metric).Threshold)?.Text ?? "a count";

    private static string Shown(string name) => name.Length <= 80 ? name : name[..80] + "…";
}
