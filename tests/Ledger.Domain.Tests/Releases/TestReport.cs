using Ledger.Domain.Measurements;
using Ledger.Domain.Releases;

namespace Ledger.Domain.Tests.Releases;

/// <summary>Reports as a reader would hand them over: good unless told otherwise.</summary>
internal static class TestReport
{
    public static ReportContent Of(string tool, params Measurement[] measurements) =>
        new(tool, null, measurements, [], [], 0, new Evidence(TestDigest.Of(0xE0), 1_234, "application/json"));

    public static ReportContent K6(double failed = 0.001, double p95 = 120) => Of(
        "k6", new Measurement("http_req_failed.rate", failed, Unit.Ratio), new Measurement("http_req_duration.p(95)", p95, Unit.Milliseconds));

    public static ReportContent Trivy(double critical = 0, double high = 0, double medium = 0, double secrets = 0, bool endOfLife = false) => Of(
        "trivy",
        new Measurement("vulnerabilities.critical", critical, Unit.Count),
        new Measurement("vulnerabilities.high", high, Unit.Count),
        new Measurement("vulnerabilities.medium", medium, Unit.Count),
        new Measurement("secrets.total", secrets, Unit.Count),
        new Measurement("os.end_of_life", endOfLife ? 1 : 0, Unit.Boolean));

    public static ReportContent Bandit(double high = 0) => Of("bandit", new Measurement("issues.high", high, Unit.Count));

    public static ReportContent Sarif(double errors = 0) => Of("sarif", new Measurement("results.error", errors, Unit.Count));
}
