namespace Ledger.Intake.Tests;

/// <summary>Damaged reports are read or refused; nothing else ever comes out, and what is stored of them still holds what it promises.</summary>
public class MutationTests
{
    private static readonly byte[][] Splices =
        [.. new[] { "\"", "{", "}", "[", "]", ":", ",", "<", ">", "&", "null", "-1", "1e400", "true", "\n", "\t", "#", "- ", "*a", "&a ", "!x ", "|", "'", "\\ud800", "\u0000", "a@b.co", "<!--", "]]>", "? ", "%", "@", "`" }
            .Select(System.Text.Encoding.UTF8.GetBytes)];

    public static TheoryData<string> All => Fixtures.All;

    [Theory]
    [MemberData(nameof(All))]
    public void A_damaged_report_is_read_or_refused(string fixture)
    {
        var original = Fixtures.Bytes(fixture);
        var state = (uint)fixture.Length * 2654435761u;
        int Next(int below)
        {
            state = (state * 1664525) + 1013904223;
            return (int)((state >> 8) % (uint)below);
        }

        for (var round = 0; round < 1000; round++)
        {
            var report = new List<byte>(original);
            for (var edits = 1 + Next(3); edits > 0 && report.Count > 2; edits--)
            {
                var position = Next(report.Count);
                switch (Next(4))
                {
                    case 0: report[position] = (byte)Next(256); break;
                    case 1: report.RemoveRange(position, Math.Min(1 + Next(20), report.Count - position)); break;
                    case 2: report.InsertRange(position, Splices[Next(Splices.Length)]); break;
                    default: report.InsertRange(position, report.GetRange(position, Math.Min(1 + Next(40), report.Count - position))); break;
                }
            }

            var tool = Next(2) == 0 ? null : Fixtures.ToolOf(fixture);
            if (ReportReader.Read(report.ToArray(), tool) is not ReadResult.Read { Reading: var reading }) continue;
            var again = Fixtures.Read(reading.Tool, reading.RedactedReport.ToArray());
            again.Measurements.ShouldBe(reading.Measurements);
            again.Evaluated.ShouldBe(reading.Evaluated);
            again.Redactions.ShouldBe(0);
        }
    }

    [Fact]
    public void Half_a_surrogate_pair_in_YAML_does_no_harm() =>
        ReportReader.Read("measurements: [{name: a, value: 1}]\nsource: \"\\ud800\"\n"u8.ToArray()).ShouldNotBeNull();
}
