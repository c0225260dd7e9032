using System.Text;
using Ledger.Domain.Measurements;

namespace Ledger.Intake.Tests;

/// <summary>What holds for every report of every tool.</summary>
public class EveryFixtureTests
{
    private static readonly string[] Ambiguous = [Path.Combine("gitleaks", "none.json"), Path.Combine("opa", "undefined.json")];

    private static readonly string[] Planted =
        ["s3ss10n", "correct-horse", "tr0ub4dor", "wq8Zt5mPq2Lx7", "plainlookingsecretvalue", "jane.roe", "qa.person", "someone@", "release.bot", "ops.lead", "deployer@", "perf.team", "AWS_KEY="];

    public static TheoryData<string> All => Fixtures.All;

    [Theory]
    [MemberData(nameof(All))]
    public void It_is_recognised_as_its_own_tool_s_without_being_told(string fixture)
    {
        if (Ambiguous.Contains(fixture)) Fixtures.Refusal(null, Fixtures.Bytes(fixture)).ShouldBe(RefusalCodes.Ambiguous);
        else Fixtures.Read(null, Fixtures.Bytes(fixture)).Tool.ShouldBe(Fixtures.ToolOf(fixture));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_measurement_is_in_the_catalogue_in_its_unit_and_finite(string fixture)
    {
        foreach (var measurement in Fixtures.Read(Fixtures.ToolOf(fixture), Fixtures.Bytes(fixture)).Measurements)
        {
            MetricCatalog.TryFind(Fixtures.ToolOf(fixture), measurement.Name, out var unit).ShouldBeTrue(measurement.Name);
            if (unit is not null) measurement.Unit.ShouldBe(unit.Value, measurement.Name);
            double.IsFinite(measurement.Value).ShouldBeTrue(measurement.Name);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void What_is_stored_reads_the_same_again_and_needs_no_further_redaction(string fixture)
    {
        var bytes = Fixtures.Bytes(fixture);
        var first = Fixtures.Read(Fixtures.ToolOf(fixture), bytes);
        var again = Fixtures.Read(Fixtures.ToolOf(fixture), first.RedactedReport.ToArray());

        again.Measurements.ShouldBe(first.Measurements);
        again.Evaluated.ShouldBe(first.Evaluated);
        again.Subjects.Commits.ShouldBe(first.Subjects.Commits);
        again.Subjects.Digests.ShouldBe(first.Subjects.Digests);
        again.Redactions.ShouldBe(0);
        if (first.Redactions == 0) first.RedactedReport.Span.SequenceEqual(bytes).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(All))]
    public void No_planted_secret_or_person_is_stored(string fixture)
    {
        var stored = Encoding.UTF8.GetString(Fixtures.Read(Fixtures.ToolOf(fixture), Fixtures.Bytes(fixture)).RedactedReport.Span);
        foreach (var secret in Planted) stored.ShouldNotContain(secret);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Cut_off_anywhere_it_is_refused_never_read_in_part(string fixture)
    {
        var bytes = Fixtures.Bytes(fixture);
        if (fixture.EndsWith(".yaml", StringComparison.Ordinal) || bytes.Length < 10) return; // a prefix of YAML is YAML
        var whole = bytes.AsSpan().TrimEnd("\r\n "u8).Length;
        foreach (var length in Enumerable.Range(1, 20).Select(part => whole * part / 21))
        {
            ReportReader.Read(bytes.AsMemory(0, length), Fixtures.ToolOf(fixture)).ShouldBeOfType<ReadResult.Refused>();
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Named_as_another_tool_s_it_is_refused(string fixture)
    {
        if (Ambiguous.Contains(fixture)) return;
        foreach (var tool in MetricCatalog.Tools.Where(tool => tool != Fixtures.ToolOf(fixture)))
        {
            Fixtures.Refusal(tool, Fixtures.Bytes(fixture)).ShouldBeOneOf(RefusalCodes.ToolMismatch, RefusalCodes.Malformed);
        }
    }

    [Fact]
    public void Every_tool_of_the_catalogue_has_a_reader_and_a_fixture()
    {
        var tools = Fixtures.Names.Select(Fixtures.ToolOf).ToHashSet();
        foreach (var tool in MetricCatalog.Tools) ToolRecogniser.Find(tool).ShouldNotBeNull(tool);
        MetricCatalog.Tools.ShouldAllBe(tool => tools.Contains(tool));
    }
}
