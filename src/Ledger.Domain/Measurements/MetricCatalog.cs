using System.Text.RegularExpressions;

namespace Ledger.Domain.Measurements;

/// <summary>
/// Every tool whose reports the ledger reads, and what it can measure in them. A policy may only ask for what is listed here; a reader
/// may only answer with it. Names are the tools' own where they have one.
/// </summary>
public static partial class MetricCatalog
{
    /// <summary>The ledger's own plain measurement document: any metric, in any unit.</summary>
    public const string PlainDocument = "measurements";

    private static readonly string[] SeverityCounts = ["critical", "high", "medium", "low", "unknown", "total"];

    private static readonly Dictionary<string, Dictionary<string, Unit>> Fixed =
        new(StringComparer.Ordinal)
        {
            ["trivy"] = Of(
                [.. Counts("vulnerabilities", SeverityCounts), .. Counts("misconfigurations", SeverityCounts), .. Counts("secrets", SeverityCounts),
                 .. Counts("licenses", SeverityCounts), "vulnerabilities.fixable", "suppressed.total"],
                ("os.end_of_life", Unit.Boolean)),
            ["cosign"] = Of(["signatures.verified"]),
            ["policy-report"] = Of([.. Counts("results", "pass", "fail", "warn", "error", "skip", "total"), .. Counts("fail", "critical", "high", "medium", "low", "info")]),
            ["conftest"] = Of(["successes", "warnings", "failures", "skipped", "exceptions", "files"]),
            ["opa"] = Of([.. Counts("expressions", "true", "false", "total"), "violations"]),
            ["sarif"] = Of(Counts("results", "error", "warning", "note", "none", "suppressed", "total")),
            ["junit"] = Of(Counts("tests", "total", "passed", "failed", "errors", "skipped"), ("tests.pass_rate", Unit.Ratio), ("tests.duration", Unit.Milliseconds)),
            ["trx"] = Of(Counts("tests", "total", "passed", "failed", "errors", "skipped"), ("tests.pass_rate", Unit.Ratio), ("tests.duration", Unit.Milliseconds)),
            ["cobertura"] = Of(
                ["lines.covered", "lines.valid", "branches.covered", "branches.valid"], ("coverage.line", Unit.Ratio), ("coverage.branch", Unit.Ratio)),
            ["pip-audit"] = Of(["vulnerabilities.total", "vulnerabilities.fixable", "dependencies.total", "dependencies.vulnerable", "dependencies.skipped"]),
            ["bandit"] = Of([.. Counts("issues", "high", "medium", "low", "undefined", "total"), .. Counts("confidence", "high", "medium", "low", "undefined"), "errors", "lines"]),
            ["npm-audit"] = Of(Counts("vulnerabilities", "critical", "high", "moderate", "low", "info", "total")),
            ["gitleaks"] = Of(["findings.total"]),
            ["argocd"] = Of([], ("sync.synced", Unit.Boolean), ("health.healthy", Unit.Boolean), ("operation.succeeded", Unit.Boolean)),
        };

    /// <summary>The tools' names, sorted.</summary>
    public static IReadOnlyList<string> Tools { get; } = [.. Fixed.Keys.Append("k6").Append(PlainDocument).Order(StringComparer.Ordinal)];

    /// <summary>Whether reports of <paramref name="tool"/> can be read.</summary>
    public static bool Knows(string tool) => tool is "k6" or PlainDocument || Fixed.ContainsKey(tool);

    /// <summary>The metrics of <paramref name="tool"/> that have a fixed name, sorted; none for tools whose metrics are named by the user.</summary>
    public static IReadOnlyList<string> MetricsOf(string tool) =>
        Fixed.TryGetValue(tool, out var metrics) ? [.. metrics.Keys.Order(StringComparer.Ordinal)] : [];

    /// <summary>What a metric of a tool is measured in.</summary>
    /// <param name="tool">A tool's name as in <see cref="Tools"/>.</param>
    /// <param name="metric">A metric's name.</param>
    /// <param name="unit">Its unit, or null where the tool lets its users choose (the threshold then needs a unit or means a count).</param>
    /// <returns>False when the tool or the metric is unknown.</returns>
    public static bool TryFind(string tool, string metric, out Unit? unit)
    {
        unit = null;
        if (tool == PlainDocument) return PlainName().IsMatch(metric);
        if (tool == "k6") return TryFindK6(metric, out unit);
        if (!Fixed.TryGetValue(tool, out var metrics) || !metrics.TryGetValue(metric, out var found)) return false;
        unit = found;
        return true;
    }

    // k6 names its metrics itself and lets scripts add more (https://grafana.com/docs/k6, "Built-in metrics"); the statistic after the dot says what was taken of it.
    private static bool TryFindK6(string metric, out Unit? unit)
    {
        unit = null;
        if (metric is "thresholds.total" or "thresholds.failed" or "test_run.duration")
        {
            unit = metric == "test_run.duration" ? Unit.Milliseconds : Unit.Count;
            return true;
        }

        var match = K6Name().Match(metric);
        if (!match.Success) return false;
        var name = match.Groups["name"].Value; // a sub-metric, name{tag:value}, is measured as its parent is
        unit = match.Groups["stat"].Value switch
        {
            "count" when name is "data_sent" or "data_received" => Unit.Bytes,
            "passes" or "fails" => Unit.Count,
            "count" when name is "http_reqs" or "iterations" or "dropped_iterations" or "ws_sessions" or "ws_msgs_sent" or "ws_msgs_received" => Unit.Count,
            "count" => null, // a script's own counter may add up bytes
            "rate" when name is "http_req_failed" or "checks" => Unit.Ratio,
            "rate" when name is "http_reqs" or "iterations" or "dropped_iterations" or "data_sent" or "data_received" => Unit.PerSecond,
            "rate" => null,
            _ when name.StartsWith("http_req_", StringComparison.Ordinal)
                || name is "iteration_duration" or "group_duration" or "grpc_req_duration" or "ws_connecting" or "ws_ping" or "ws_session_duration" => Unit.Milliseconds,
            _ when name is "vus" or "vus_max" => Unit.Count,
            _ => null,
        };
        return true;
    }

    private static string[] Counts(string prefix, params string[] names) => [.. names.Select(name => $"{prefix}.{name}")];

    private static Dictionary<string, Unit> Of(IEnumerable<string> counts, params (string Name, Unit Unit)[] others)
    {
        var units = new Dictionary<string, Unit>(StringComparer.Ordinal);
        foreach (var name in counts) units.Add(name, Unit.Count);
        foreach (var (name, unit) in others) units.Add(name, unit);
        return units;
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._()/-]{0,119}$", RegexOptions.CultureInvariant)]
    private static partial Regex PlainName();

    [GeneratedRegex(@"^(?<name>[A-Za-z_][A-Za-z0-9_]{0,127})(\{[^{}]{1,200}\})?\.(?<stat>avg|min|med|max|p\(\d{1,2}(\.\d{1,6})?\)|rate|passes|fails|count|value)$", RegexOptions.CultureInvariant)]
    private static partial Regex K6Name();
}
