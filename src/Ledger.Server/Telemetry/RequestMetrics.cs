using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Ledger.Server.Telemetry;

/// <summary>What the server measures beside ASP.NET Core's own instruments: meter <c>Ledger.Server</c>.</summary>
internal static class RequestMetrics
{
    public const string Name = "Ledger.Server";

    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Problems = Meter.CreateCounter<long>("ledger.http.problems", "{problem}", "Requests answered with a problem, by its code.");
    private static readonly Counter<long> Redactions = Meter.CreateCounter<long>("ledger.report.redactions", "{redaction}", "Secrets and pieces of personal data taken out of reports.");

    /// <summary>Counts a request that ended in a problem.</summary>
    public static void Record(string? route, int status, string? problem)
    {
        if (problem is null || !Problems.Enabled) return;
        Problems.Add(1, new TagList { { "http.route", route }, { "http.response.status_code", status }, { "ledger.problem", problem } });
    }

    /// <summary>Counts what was taken out of a report.</summary>
    public static void Redacted(string tool, int count)
    {
        if (count > 0) Redactions.Add(count, new KeyValuePair<string, object?>("ledger.tool", tool));
    }
}
