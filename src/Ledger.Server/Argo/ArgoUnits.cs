using System.Text.Json;
using Ledger.Domain;
using Ledger.Domain.Measurements;
using Ledger.Domain.Policies;
using Ledger.Intake.Argo;
using Ledger.Server.Http;

namespace Ledger.Server.Argo;

/// <summary>
/// What the numbers of an AnalysisRun count in. Argo does not say, and 0.5 is as good half a per cent as a half: so a number that is held against
/// more than a count is taken only where its unit is stated, by the policy, by the request or by an argument of the run. What the policy says was agreed
/// on before anything was measured: who says otherwise afterwards is not believed.
/// </summary>
internal sealed class ArgoUnits
{
    /// <summary>The parameter <c>unit=METRIC=UNIT</c>, once for each metric.</summary>
    public const string Parameter = "unit";

    private readonly Dictionary<string, StatedUnit> _stated = new(StringComparer.Ordinal);
    private readonly Policy _policy;

    private ArgoUnits(Policy policy) => _policy = policy;

    /// <summary>Those that the request states, beside those of the policy.</summary>
    public static Attempt<ArgoUnits> Read(HttpContext http, Policy policy)
    {
        var units = new ArgoUnits(policy);
        foreach (var text in http.Request.Query[Parameter])
        {
            var at = text?.LastIndexOf('=') ?? -1;
            if (at <= 0 || !StatedUnit.TryParse(text![(at + 1)..], out var unit))
                return Problems.Malformed("parameter_invalid", $"'{Parameter}' is not a metric and its unit", $"write ?{Parameter}=METRIC=UNIT, the unit as in a quantity (s, ms, %25, MiB) or its name (ratio, count)");
            var metric = text[..at];
            if (policy.UnitOf(policy.MetricReportedAs(metric) ?? policy.Analyses.FirstOrDefault(analysis => analysis.Name == metric)?.Metric ?? metric) is { } agreed && agreed != unit)
                return new Problem(
                    StatusCodes.Status422UnprocessableEntity, "unit_contradicted", $"the policy says what '{metric}' counts in, and it is not '{text[(at + 1)..]}'",
                    "leave the unit out, or say another one in a new version of the policy");
            units._stated[metric] = unit;
        }

        return units;
    }

    /// <summary>The unit of a metric's numbers; null where nothing says it, or where the run contradicts the policy.</summary>
    /// <param name="run">The run, whose arguments may say it.</param>
    /// <param name="argoMetric">The metric, as the run calls it.</param>
    /// <param name="metric">The metric, as the policy calls it.</param>
    /// <param name="held">What the policy holds it against: a plain number, and yes or no, need no unit.</param>
    /// <param name="because">Why there is none.</param>
    public StatedUnit? Find(ArgoObject.AnalysisRun run, string argoMetric, string metric, Unit held, out string because)
    {
        because = "nothing says what they count in";
        var said = StatedUnit.TryParse(run.Units.GetValueOrDefault(argoMetric) ?? run.Units.GetValueOrDefault(metric), out var byRun);
        if (_policy.UnitOf(metric) is { } agreed)
        {
            if (!said || byRun == agreed) return agreed;
            because = "the run says that they count in something else than the policy does";
            return null;
        }

        if (_stated.TryGetValue(argoMetric, out var stated) || _stated.TryGetValue(metric, out stated)) return stated;
        if (said)
        {
            if (byRun.Unit == held) return byRun;
            because = "the run says that they count in what the policy holds no number of theirs against";
            return null;
        }

        return held is Unit.Count or Unit.Boolean && StatedUnit.TryParse(JsonSerializer.SerializeToElement(held, DomainJson.Default.Unit).GetString(), out stated) ? stated : null;
    }
}
