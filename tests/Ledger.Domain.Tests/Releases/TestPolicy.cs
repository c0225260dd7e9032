using Ledger.Domain.Measurements;
using Ledger.Domain.Policies;

namespace Ledger.Domain.Tests.Releases;

/// <summary>A policy small enough to keep in mind, with one gate of every kind.</summary>
internal static class TestPolicy
{
    /// <summary>Gates that have to be passed, in order.</summary>
    public static readonly string[] Required = ["load", "scan", "sast", "backup", "redis"];

    public static readonly Policy Document = new(
        "web",
        "Web services",
        ["shop"],
        [
            Report("load", Criterion("k6", "http_req_failed.rate", Comparator.Less, "0.5%"), Criterion("k6", "http_req_duration.p(95)", Comparator.Less, "150ms")),
            Report("scan", Criterion("trivy", "vulnerabilities.high", Comparator.LessOrEqual, "5")) with { Waivable = false },
            Report("base-scan", Criterion("trivy", "vulnerabilities.medium", Comparator.LessOrEqual, "50")) with { Required = false },
            Report("sast", Criterion("bandit", "issues.high", Comparator.Equal, "0"), Criterion("sarif", "results.error", Comparator.Equal, "0")) with
            {
                Checks = [new Check("reviewed", "The findings were reviewed")],
            },
            Attestation("backup"),
            Attestation("redis", "aof", "replica"),
            Attestation("docs") with { Required = false },
        ],
        [
            new NoGoCondition("critical-cve", "Critical vulnerabilities", [Criterion("trivy", "vulnerabilities.critical", Comparator.Greater, "0")]),
            new NoGoCondition("leak", "Leaked secrets or a dying system", [Criterion("trivy", "secrets.total", Comparator.Greater, "0"), Criterion("trivy", "os.end_of_life", Comparator.Equal, "true")]),
            new NoGoCondition("freeze", "A change freeze", []),
        ]);

    public static readonly PublishedPolicy Published = Publish(Document);

    public static PublishedPolicy Publish(Policy policy, long version = 1) => new(new PolicyReference(policy.Name, version, TestDigest.Of((byte)(0xA0 + version))), policy);

    /// <summary>The test policy with one gate changed.</summary>
    public static PublishedPolicy With(string gate, Func<Gate, Gate> change) =>
        Publish(Document with { Gates = [.. Document.Gates.Select(each => each.Name == gate ? change(each) : each)] });

    public static Criterion Criterion(string tool, string metric, Comparator comparator, string threshold) => new(tool, metric, comparator, Quantity(threshold));

    public static Quantity Quantity(string text) =>
        Domain.Measurements.Quantity.TryParse(text, out var quantity) ? quantity : throw new ArgumentException(text, nameof(text));

    public static Gate Report(string name, params Criterion[] criteria) => new(name, GateKind.Report, $"The {name} gate", true, true, criteria, [], []);

    public static Gate Attestation(string name, params string[] checks) =>
        new(name, GateKind.Attestation, $"The {name} gate", true, true, [], [.. checks.Select(check => new Check(check, $"The {check} check"))], []);
}
