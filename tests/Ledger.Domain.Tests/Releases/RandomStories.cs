using FsCheck;
using FsCheck.Fluent;
using Ledger.Domain.Actors;
using Ledger.Domain.Releases;
using Role = Ledger.Domain.Actors.Role;

namespace Ledger.Domain.Tests.Releases;

/// <summary>One step of a random story: who asks for what, and how much later than the step before.</summary>
internal sealed record Step(ReleaseCommand Command, Role Role, TimeSpan After)
{
    public override string ToString() => $"+{After} {Role}: {Command}";
}

/// <summary>Random stories in which most steps could happen, so that they get somewhere, and some could not.</summary>
internal static class RandomStories
{
    private static readonly Gen<string?> Reason = Gen.Frequency((3, Gen.Constant<string?>(null)), (2, Gen.Constant<string?>("measured again")), (1, Gen.Constant<string?>("")));

    private static readonly Gen<string> AnyGate = Gen.Elements("load", "scan", "base-scan", "sast", "backup", "redis", "docs", "critical-cve", "leak", "freeze", "nowhere");

    private static readonly Gen<Role> SomeRole = Gen.Frequency((8, Gen.Constant(Role.Admin)), (1, Gen.Elements(Roles.All.ToArray())));

    private static readonly Gen<ReportContent> Report =
        from report in Gen.OneOf(
            from failed in Gen.Elements(0, 0.001, 0.9) from p95 in Gen.Elements(1.0, 149.9, 150.0) select TestReport.K6(failed, p95),
            from counts in Gen.Elements(0.0, 0.0, 1.0, 6.0, 51.0).ArrayOf(4) from old in Gen.Elements(false, false, true) select TestReport.Trivy(counts[0], counts[1], counts[2], counts[3], old),
            Gen.Elements(0.0, 1.0).Select(TestReport.Bandit),
            Gen.Elements(0.0, 1.0).Select(TestReport.Sarif))
        from because in Gen.Frequency((6, Gen.Constant<string?>(null)), (1, Gen.Constant<string?>("it was cut short")))
        from kept in Gen.Frequency((6, Gen.Constant(int.MaxValue)), (1, Gen.Choose(0, 5)))
        from commit in Gen.Frequency((9, Gen.Constant(Story.Commit)), (1, Gen.Constant("fedcba9")))
        select report with { NotEvaluatedBecause = because, Measurements = [.. report.Measurements.Take(kept)], Commits = [commit] };

    private static readonly Gen<ReleaseCommand> Command = Gen.Frequency<ReleaseCommand>(
        (8, from report in Report
            from gate in Gen.Frequency((9, GateOf(report.Tool)), (1, AnyGate))
            from reason in Reason
            select (ReleaseCommand)new ReleaseCommand.ReportGate(Story.Release, gate, report, reason)),
        (8, from gate in Gen.Frequency((9, Gen.Elements("sast", "backup", "redis", "docs", "freeze")), (1, AnyGate))
            from checks in Gen.Frequency((5, Gen.Constant(Array.Empty<string>())), (1, Gen.Elements("aof", "replica", "nothing").ArrayOf(1)))
            from met in Gen.Elements(true, true, true, false)
            from reason in Reason
            select (ReleaseCommand)new ReleaseCommand.AttestGate(Story.Release, gate, checks, met, "seen", null, reason)),
        (2, from gate in AnyGate
            from minutes in Gen.Choose(-1, 90)
            from ticks in Gen.Choose(0, 19)
            select (ReleaseCommand)new ReleaseCommand.WaiveGate(Story.Release, gate, "owner", "reason", "control", Story.Start.AddMinutes(minutes).AddTicks(ticks))),
        (1, Gen.Constant<ReleaseCommand>(Story.Opening)));

    private static readonly Gen<Step> AnyStep =
        from command in Command
        from role in SomeRole
        from seconds in Gen.Choose(0, 120)
        select new Step(command, role, TimeSpan.FromSeconds(seconds));

    // Half of the stories begin where everything is good, so that the interesting neighbourhood of GO is visited; one in ten ends with a close.
    public static readonly Arbitrary<Step[]> Any = Arb.From(
        from ready in Gen.Elements(true, false)
        from steps in AnyStep.ListOf()
        from close in Gen.Choose(0, 9)
        select (Step[])
        [
            new Step(Story.Opening with { DecideBy = Story.Start.AddMinutes(60) }, Role.Admin, TimeSpan.Zero),
            .. ready ? Story.Ready().Events.Skip(1).Select(Again) : [],
            .. steps,
            .. close == 0 ? new[] { new Step(new ReleaseCommand.Close(Story.Release, CloseOutcome.Failed, "over"), Role.Admin, TimeSpan.Zero) } : [],
        ],
        Shorter);

    private static Gen<string> GateOf(string tool) => tool switch
    {
        "k6" => Gen.Constant("load"),
        "trivy" => Gen.Elements("scan", "base-scan"),
        _ => Gen.Constant("sast"),
    };

    private static Step Again(Ledger.Domain.Events.Recorded<ReleaseEvent> recorded) => new(
        recorded.Event switch
        {
            ReleaseEvent.GateReported reported => new ReleaseCommand.ReportGate(Story.Release, reported.Gate, TestReport.Of(reported.Tool, [.. reported.Measurements])),
            ReleaseEvent.GateAttested attested => new ReleaseCommand.AttestGate(Story.Release, attested.Gate, [], true, "seen"),
            var other => throw new InvalidOperationException(other.Type),
        },
        Role.Admin,
        TimeSpan.FromSeconds(1));

    // A failing story is told again without one of its steps.
    private static IEnumerable<Step[]> Shorter(Step[] steps) => Enumerable.Range(0, steps.Length).Select(left => steps.Where((_, i) => i != left).ToArray());
}
