using System.Text.Json;
using Ledger.Domain.Measurements;
using Ledger.Intake.Documents;
using Ledger.Intake.Redaction;

namespace Ledger.Intake.Readers;

/// <summary>
/// k6's end-of-test summary (https://grafana.com/docs/k6, "Custom summary") in its three shapes: what <c>handleSummary</c> gets, what
/// <c>--summary-export</c> writes, and the machine-readable summary of version 1.0.0. Times are milliseconds in all of them.
/// </summary>
/// <remarks>
/// k6 also lists metrics that have no sample, e.g. a sub-metric that only a threshold names: all zeros, its threshold met. Such metrics are
/// left out (counters aside, whose zero is true), and a met threshold on one makes the count of failed thresholds unknown. Metrics and statistics whose names are not in the
/// catalogue are left out, because no policy can name them.
/// </remarks>
internal sealed class K6Reader : DocumentReader
{
    // A rate is the quotient of its counts; a summary that says otherwise was edited.
    private const double RateTolerance = 1e-6;

    // These exist without a single request or iteration.
    private static readonly string[] Idle = ["vus", "vus_max", "data_sent", "data_received", "dropped_iterations"];

    public override string Tool => "k6";

    public override bool Recognises(Node root) => IsMachineReadable(root) || (root["metrics"] is { IsObject: true } metrics && !metrics.Has("_totals")
        && (root.Has("root_group") || root.Has("state") || root.Has("options") || metrics.Members().Any(metric => LooksLikeMetric(metric.Value))));

    public override RedactionRules RulesFor(JsonElement root) => new(static path => path[0] == "setup_data");

    public override void Read(Node root, Findings findings)
    {
        var run = new Run(findings);
        if (IsMachineReadable(root))
        {
            if (root["results"]["metrics"] is { IsObject: true } keyed) run.AddAll(keyed.Members());
            else run.AddAll(root.Object("results").Objects("metrics").Select(metric => (metric.Text("name") ?? string.Empty, metric)));
            run.AddAll(root.Object("results").Object("checks").Objects("metrics").Select(metric => (metric.Text("name") ?? string.Empty, metric)));
            if (root.Object("config").Number("duration") is { } seconds) findings.Add("test_run.duration", seconds * 1000, Unit.Milliseconds);
        }
        else
        {
            run.AddAll(root.Object("metrics").Members());
            if (root.Object("state").Number("testRunDurationMs") is { } duration) findings.Add("test_run.duration", duration, Unit.Milliseconds);
            run.ReportThresholds();
        }

        if (!run.HasEvidence) findings.ProvesNothing("the k6 run has no sample of any request or iteration");
    }

    private static bool IsMachineReadable(Node root) => root["results"].Has("metrics") && root.Has("version") && (root.Has("config") || root.Has("metadata"));

    private static bool LooksLikeMetric(Node metric) => metric.Has("values") || metric.Has("avg") || (metric.Has("count") && metric.Has("rate")) || metric.Has("passes");

    private sealed class Run(Findings findings)
    {
        private long _thresholds, _failed, _vacuous;

        public bool HasEvidence { get; private set; }

        public void AddAll(IEnumerable<(string Name, Node Metric)> metrics)
        {
            foreach (var (name, metric) in metrics)
            {
                if (metric.IsObject) Add(name, metric);
                else findings.WrongShape("metrics", "a set of metrics");
            }
        }

        public void ReportThresholds()
        {
            findings.Count("thresholds.total", _thresholds);
            if (_thresholds == 0) return;
            if (_vacuous == 0) findings.Count("thresholds.failed", _failed);
            else findings.AtLeast("thresholds.failed", _failed);
        }

        private void Add(string name, Node metric)
        {
            var isFlat = !metric.Has("values");
            var values = isFlat ? metric : metric.Object("values");
            var kind = KindOf(metric, values);
            var hasSamples = HasSamples(kind, values);
            AddThresholds(metric.Object("thresholds"), hasSamples);
            if (!hasSamples) return;

            var statistics = kind == Kind.Rate ? RateStatistics(values) : Statistics(values);
            foreach (var (statistic, value) in statistics)
            {
                var full = $"{name}.{statistic}";
                if (full.Length <= ReportLimits.MaxNameLength && MetricCatalog.TryFind("k6", full, out var unit))
                    findings.Add(full, value, unit ?? UnitOf(kind, statistic, metric.Text("contains")));
            }

            HasEvidence |= !Idle.Contains(BaseName(name), StringComparer.Ordinal) && (kind != Kind.Counter || values.Number("count") > 0);
        }

        private static IEnumerable<(string Statistic, double Value)> Statistics(Node values)
        {
            foreach (var (statistic, value) in values.Members())
            {
                if (value.Element.ValueKind == JsonValueKind.Number && values.Number(statistic) is { } number) yield return (statistic, number);
            }
        }

        // passes counts what was true, which for http_req_failed is failures. --summary-export says "value" for the rate; the machine-readable
        // summary says "matches" and "total".
        private static IEnumerable<(string Statistic, double Value)> RateStatistics(Node values)
        {
            var passes = values.Count("passes") ?? values.Count("matches") ?? 0;
            var fails = values.Count("fails") ?? ((values.Count("total") ?? passes) - passes);
            var rate = (double)passes / (passes + fails);
            if (Math.Abs((values.Number("rate") ?? values.Number("value") ?? rate) - rate) > RateTolerance) values.Findings.WrongShape("rate", "what its own counts come to");
            yield return ("rate", rate);
            yield return ("passes", passes);
            yield return ("fails", fails);
        }

        private void AddThresholds(Node thresholds, bool hasSamples)
        {
            foreach (var (expression, threshold) in thresholds.Members())
            {
                // handleSummary says whether the threshold is met; --summary-export's bare bool says whether it was crossed.
                var isMet = threshold.IsObject ? threshold.Boolean("ok") : !thresholds.Boolean(expression);
                if (isMet is null) findings.WrongShape("thresholds", "a set of results");
                _thresholds++;
                if (isMet == false) _failed++;
                else if (!hasSamples) _vacuous++;
            }
        }

        private Kind KindOf(Node metric, Node values)
        {
            switch (metric.Text("type"))
            {
                case "rate": return Kind.Rate;
                case "trend": return Kind.Trend;
                case "counter": return Kind.Counter;
                case "gauge": return Kind.Gauge;
                case null: break;
                default: findings.WrongShape("type", "a kind of k6 metric"); break;
            }

            if (values.Has("passes") || values.Has("matches")) return Kind.Rate;
            if (values.Has("value")) return Kind.Gauge;
            return values.Has("count") && values.Has("rate") ? Kind.Counter : Kind.Trend;
        }

        private static bool HasSamples(Kind kind, Node values) => kind switch
        {
            Kind.Rate => (values.Number("passes") ?? 0) + (values.Number("fails") ?? 0) + (values.Number("total") ?? 0) > 0,
            Kind.Trend or Kind.Gauge => Statistics(values).Any(statistic => statistic.Value != 0),
            _ => true, // a counter that was never added to is zero
        };

        private static Unit UnitOf(Kind kind, string statistic, string? contains) => (kind, statistic) switch
        {
            (Kind.Rate, "rate") => Unit.Ratio,
            (Kind.Counter, "rate") => Unit.PerSecond,
            (_, "count") when kind == Kind.Trend => Unit.Count,
            _ when contains == "time" => Unit.Milliseconds,
            _ when contains == "data" => Unit.Bytes,
            _ => Unit.Count,
        };

        private static string BaseName(string name) => name.IndexOf('{', StringComparison.Ordinal) is var brace and >= 0 ? name[..brace] : name;
    }

    private enum Kind
    {
        Rate,
        Trend,
        Counter,
        Gauge,
    }
}
