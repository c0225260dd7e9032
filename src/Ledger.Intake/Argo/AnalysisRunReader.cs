using System.Globalization;
using System.Text.Json;
using Ledger.Intake.Documents;

namespace Ledger.Intake.Argo;

/// <summary>
/// <c>AnalysisRun</c>, argoproj.io/v1alpha1 (https://argo-rollouts.readthedocs.io, "Analysis"). Objects of version 0.x say <c>status</c> where
/// newer ones say <c>phase</c>, and keep the specification under <c>spec.analysisSpec</c>.
/// </summary>
internal static class AnalysisRunReader
{
    public static ArgoObject.AnalysisRun Read(Node run, string name, ArgoReader.Budget budget)
    {
        var ignored = new IgnoredFields();
        var metadata = run.Object("metadata");
        var status = run.Object("status");
        ignored.Note("status", status, "phase", "status", "message", "startedAt", "completedAt", "metricResults", "runSummary", "dryRunSummary");
        var limits = FailureLimits(run);
        var metrics = new List<AnalysisMetric>();
        foreach (var result in status.Objects("metricResults"))
        {
            if (metrics.Count == ArgoLimits.MaxMetrics) run.Findings.Refuse(RefusalCodes.TooLarge, $"an AnalysisRun has more than {ArgoLimits.MaxMetrics} metrics");
            if (run.Findings.Refusal is not null) break;
            metrics.Add(Metric(result, limits, ignored, budget));
        }

        var phase = PhaseOf(status);
        var measured = metrics.Sum(metric => metric.Measurements.Count);
        return new ArgoObject.AnalysisRun(
            name, metadata.Text("namespace"), Owner(metadata), PodHash(metadata), phase, status.Text("message"), Time(status, "startedAt"), metrics, Units(run.Object("spec")),
            phase == AnalysisPhase.Successful && measured == 0 ? "the analysis was successful without a single measurement" : null, ignored.Names);
    }

    /// <summary>A time that must be one where it is present.</summary>
    public static DateTimeOffset? Time(Node node, string member)
    {
        if (node.Text(member) is not { Length: > 0 } text) return null;
        if (Rfc3339.TryParse(text, out var time)) return time;
        node.Findings.WrongShape(member, "a time");
        return null;
    }

    private static AnalysisMetric Metric(Node result, Dictionary<string, int?> limits, IgnoredFields ignored, ArgoReader.Budget budget)
    {
        ignored.Note(
            "status.metricResults", result, "name", "phase", "status", "measurements", "message", "count", "successful", "failed", "inconclusive", "error",
            "consecutiveError", "consecutiveSuccess", "dryRun", "metadata");
        var name = result.Text("name") ?? string.Empty;
        if (name.Length is 0 or > ReportLimits.MaxNameLength) result.Findings.WrongShape("metricResults.name", $"a name of 1 to {ReportLimits.MaxNameLength} characters");
        var measurements = new List<AnalysisMeasurement>();
        foreach (var measurement in result.Objects("measurements"))
        {
            budget.TakeMeasurement();
            if (result.Findings.Refusal is not null) break;
            ignored.Note("status.metricResults.measurements", measurement, "phase", "status", "message", "startedAt", "finishedAt", "value", "metadata", "resumeAt");
            measurements.Add(Measurement(measurement));
        }

        var (successful, failed, inconclusive, errors) = (Count(result, "successful"), Count(result, "failed"), Count(result, "inconclusive"), Count(result, "error"));
        return new AnalysisMetric(
            name, PhaseOf(result), successful, failed, inconclusive, errors, limits.GetValueOrDefault(name), measurements,
            Math.Max(0, successful + failed + inconclusive + errors - measurements.Count(measurement => measurement.FinishedAt is not null)));
    }

    private static AnalysisMeasurement Measurement(Node measurement)
    {
        var values = Values(measurement["value"].Element);
        return new AnalysisMeasurement(
            PhaseOf(measurement), values is [var single] ? single : null, values, Time(measurement, "startedAt"), Time(measurement, "finishedAt"), measurement.Text("message"));
    }

    // A string holding a number or a JSON array of them; by hand or from YAML also the number or array itself. NaN and infinities measure nothing, and
    // neither does a list with one of them: what is left of it would be a number that nobody measured.
    private static List<double> Values(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => Finite([value.GetRawText()]),
        JsonValueKind.String => Values(value.GetString()!.Trim()),
        JsonValueKind.Array => Finite([.. value.EnumerateArray().Select(item => item.ValueKind switch { JsonValueKind.Number => item.GetRawText(), JsonValueKind.String => item.GetString()!, _ => string.Empty })]),
        _ => [],
    };

    private static List<double> Values(string text) => text is ['[', .. var items, ']'] ? Finite([.. items.Split(',').Select(item => item.Trim().Trim('"'))]) : Finite([text]);

    private static List<double> Finite(IReadOnlyList<string> texts)
    {
        var numbers = new List<double>(texts.Count);
        foreach (var text in texts)
        {
            if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number)) return [];
            numbers.Add(number);
        }

        return numbers;
    }

    // Argo's numbers have no unit. An argument of the template is where its author can say it, and it comes with every run.
    private static Dictionary<string, string> Units(Node spec)
    {
        const string prefix = "ledger-unit-";
        var units = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var argument in spec.Objects("args"))
        {
            if (argument.Text("name") is { } name && name.StartsWith(prefix, StringComparison.Ordinal) && argument.Text("value") is { } unit) units[name[prefix.Length..]] = unit;
        }

        return units;
    }

    private static Dictionary<string, int?> FailureLimits(Node run)
    {
        var limits = new Dictionary<string, int?>(StringComparer.Ordinal);
        var spec = run.Object("spec");
        foreach (var metric in spec.Objects("metrics").Concat(spec.Object("analysisSpec").Objects("metrics")))
        {
            if (metric.Text("name") is { } name) limits[name] = Limit(metric["failureLimit"].Element);
        }

        return limits;
    }

    // IntOrString: templates put a number in quotes.
    private static int? Limit(JsonElement limit) => limit.ValueKind switch
    {
        JsonValueKind.Number when limit.TryGetInt32(out var number) => number,
        JsonValueKind.String when int.TryParse(limit.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    private static long Count(Node node, string member) => node.Count(member) ?? 0;

    private static string? Owner(Node metadata) => metadata.Objects("ownerReferences").FirstOrDefault(owner => owner.Text("kind") == "Rollout") is { IsObject: true } owner ? owner.Text("name") : null;

    private static string? PodHash(Node metadata) => metadata.Object("labels") is { IsObject: true } labels ? labels.Text("rollouts-pod-template-hash") : null;

    private static AnalysisPhase PhaseOf(Node node) => (node.Text("phase") ?? node.Text("status")) switch
    {
        "Pending" => AnalysisPhase.Pending,
        "Running" => AnalysisPhase.Running,
        "Successful" => AnalysisPhase.Successful,
        "Failed" => AnalysisPhase.Failed,
        "Error" => AnalysisPhase.Error,
        "Inconclusive" => AnalysisPhase.Inconclusive,
        _ => AnalysisPhase.Unknown,
    };
}
