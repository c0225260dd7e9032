using System.Text.Json;
using Ledger.Domain;
using Ledger.Domain.Measurements;
using Ledger.Intake.Argo;
using Ledger.Server.Http;

namespace Ledger.Server.Argo;

/// <summary>
/// What the numbers of an AnalysisRun count in. Argo does not say, and 0.5 is as good half a per cent as a half: so a number that is held against
/// more than a count is taken only where its unit is stated, by the request or by an argument of the run.
/// </summary>
internal sealed class ArgoUnits
{
    /// <summary>The parameter <c>unit=METRIC=UNIT</c>, once for each metric.</summary>
    public const string Parameter = "unit";

    private readonly Dictionary<string, StatedUnit> _stated = new(StringComparer.Ordinal);

    private ArgoUnits() { }

    /// <summary>Those that the request states.</summary>
    public static Attempt<ArgoUnits> Read(HttpContext http)
    {
        var units = new ArgoUnits();
        foreach (var text in http.Request.Query[Parameter])
        {
            var at = text?.LastIndexOf('=') ?? -1;
            if (at <= 0 || !StatedUnit.TryParse(text![(at + 1)..], out var unit))
                return Problems.Malformed("parameter_invalid", $"'{Parameter}' is not a metric and its unit", $"write ?{Parameter}=METRIC=UNIT, the unit as in a quantity (s, ms, %25, MiB) or its name (ratio, count)");
            units._stated[text[..at]] = unit;
        }

        return units;
    }

    /// <summary>The unit of a metric's numbers; null where nothing says it.</summary>
    /// <param name="run">The run, whose arguments may say it.</param>
    /// <param name="argoMetric">The metric, as the run calls it.</param>
    /// <param name="metric">The metric, as the policy calls it.</param>
    /// <param name="held">What the policy holds it against: a plain number, and yes or no, need no unit.</param>
    public StatedUnit? Find(ArgoObject.AnalysisRun run, string argoMetric, string metric, Unit held)
    {
        if (_stated.TryGetValue(argoMetric, out var stated) || _stated.TryGetValue(metric, out stated)) return stated;
        if (StatedUnit.TryParse(run.Units.GetValueOrDefault(argoMetric) ?? run.Units.GetValueOrDefault(metric), out stated)) return stated;
        return held is Unit.Count or Unit.Boolean && StatedUnit.TryParse(JsonSerializer.SerializeToElement(held, DomainJson.Default.Unit).GetString(), out stated) ? stated : null;
    }
}
