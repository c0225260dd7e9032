using Ledger.Domain.Measurements;
using Ledger.Domain.Policies;

namespace Ledger.Domain.Tests.Policies;

/// <summary>Small policies to change in one place, and what the checker says to them.</summary>
internal static class PolicyFixture
{
    internal static Policy Sound { get; } = new("small", "Small", [], [Report("load", "k6 http_req_failed.rate < 0.5%")], []);

    internal static Gate Report(string name, params string[] criteria) =>
        new(name, GateKind.Report, name, true, true, [.. criteria.Select(Criterion)], [], []);

    internal static Gate Attested(string name) => new(name, GateKind.Attestation, name, true, true, [], [], []);

    internal static NoGoCondition NoGo(string name, params string[] when) => new(name, name, [.. when.Select(Criterion)]);

    internal static SignOffStage Stage(string name, int quorum, params string[] roles) => new(name, name, roles, quorum);

    internal static PolicyRole Role(string name, params string[] holders) => new(name, name, holders);

    internal static PolicyRole OpenRole(string name) => new(name, name);

    internal static DeploymentStep Step(string name, string? weight, string? duration = "5min", string[]? analyses = null, string? offset = null, string? owner = null, int? maxFailures = null) =>
        new(name, name, Optional(weight), Optional(duration), analyses ?? [], maxFailures, Optional(offset), owner, [], []);

    internal static Analysis Analysis(string name, string metric, string interval = "30s") =>
        new(name, name, metric, Comparator.Less, Quantity("1%"), Quantity(interval), 0, 0, null);

    internal static RollbackPlan Rollback(params RollbackRule[] rules) => new(rules, null, null, null, []);

    internal static Quantity Quantity(string text) =>
        Domain.Measurements.Quantity.TryParse(text, out var quantity) ? quantity : throw new ArgumentException(text);

    /// <summary>A criterion as it prints: <c>tool metric comparator threshold</c>.</summary>
    internal static Criterion Criterion(string text)
    {
        var parts = text.Split(' ');
        return new Criterion(parts[0], parts[1], Enum.GetValues<Comparator>().Single(comparator => comparator.Symbol() == parts[2]), Quantity(parts[3]));
    }

    internal static PolicyProblem ShouldHaveOneProblem(this Policy policy, string code, string path)
    {
        var problem = PolicyChecker.Check(policy).ShouldHaveSingleItem();
        (problem.Code, problem.Path).ShouldBe((code, path));
        problem.Message.ShouldNotBeNullOrWhiteSpace();
        return problem;
    }

    internal static void ShouldBeSound(this Policy policy) => PolicyChecker.Check(policy).ShouldBeEmpty();

    private static Quantity? Optional(string? text) => text is null ? null : Quantity(text);
}
