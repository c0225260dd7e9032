using Ledger.Domain.Deployments;
using Ledger.Domain.Measurements;
using Ledger.Intake.Argo;
using Ledger.Server.Http;

namespace Ledger.Server.Argo;

/// <summary>
/// The measurements of an AnalysisRun as the policy names them: by the metric, else by the analysis of that name. What Argo concluded from
/// them is not taken over.
/// </summary>
internal static class ArgoSamples
{
    private const int MaxBecause = 500;

    /// <summary>The run's finished measurements as far as their unit is known, and what else there is to know of it.</summary>
    /// <param name="run">The run.</param>
    /// <param name="terms">What asks for its metrics.</param>
    /// <param name="units">What numbers count in, as the request says; the run's own arguments say the rest.</param>
    /// <param name="notes">What else there is to know.</param>
    /// <returns>The measurements, and how many were left out because nothing says what they count in.</returns>
    public static (IReadOnlyList<Sample> Samples, int LeftOut) Of(ArgoObject.AnalysisRun run, DeploymentTerms terms, ArgoUnits units, List<string> notes)
    {
        if (run.ProvesNothingBecause is { } nothing) notes.Add($"{run.Name} proves nothing: {nothing}");
        var source = SourceOf("argo-rollouts", run);
        var samples = new List<Sample>();
        var leftOut = 0;
        foreach (var metric in run.Metrics)
        {
            if (Planned(terms, metric.Name) is not var (name, unit))
            {
                notes.Add($"'{Shown(metric.Name)}' is neither in an analysis nor in a rollback rule of the policy");
                continue;
            }

            if (metric.Missing > 0) notes.Add($"'{Shown(metric.Name)}' was measured {metric.Missing} times more often than the object still holds");
            var stated = units.Find(run, metric.Name, name, unit);
            var unknown = 0;
            foreach (var measurement in metric.Measurements.Where(measurement => measurement.FinishedAt is not null))
            {
                var value = ValueOf(measurement, unit);
                if (value is not null && stated is null) unknown++;
                else samples.Add(new Sample(name, measurement.FinishedAt!.Value, source, stated?.Unit ?? unit, value is { } number ? stated!.Value.Convert(number) : null, Because: value is null ? Because(measurement) : null));
            }

            if (unknown > 0) notes.Add($"{unknown} measurements of '{Shown(metric.Name)}' are left out: nothing says what they count in, and '{Shown(name)}' is held against {Shown(Threshold(terms, name))}");
            leftOut += unknown;
        }

        return (samples, leftOut);
    }

    /// <summary>Who says so: controller, namespace and object; on one line and no longer than a name may be.</summary>
    public static string SourceOf(string controller, ArgoObject of)
    {
        const int longest = 200;
        var source = FreeText.Redact(string.Join('/', ((string?[])[controller, of.Namespace, of.Name]).OfType<string>()).ReplaceLineEndings(" "));
        return source.Length <= longest ? source : source[..longest];
    }

    // A metric that passes or fails without a number, a job's, is a yes or no.
    private static double? ValueOf(AnalysisMeasurement measurement, Unit unit) => measurement.Phase switch
    {
        AnalysisPhase.Error => null,
        AnalysisPhase.Successful or AnalysisPhase.Failed when measurement.Value is null && unit == Unit.Boolean => measurement.Phase == AnalysisPhase.Successful ? 1 : 0,
        _ => measurement.Value,
    };

    private static string Because(AnalysisMeasurement measurement)
    {
        var because = string.IsNullOrWhiteSpace(measurement.Message)
            ? measurement.Phase == AnalysisPhase.Error ? "it could not be measured" : measurement.Values.Count > 1 ? "it has several values" : "it has no number"
            : measurement.Message;
        return because.Length <= MaxBecause ? because : because[..MaxBecause];
    }

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
