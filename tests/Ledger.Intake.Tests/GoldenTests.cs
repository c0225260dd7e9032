using System.Text.Encodings.Web;
using System.Text.Json;

namespace Ledger.Intake.Tests;

/// <summary>What every fixture reads to, held in a file beside it. A difference writes <c>*.received.json</c> into the build's output.</summary>
public class GoldenTests
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string> All => Fixtures.All;

    [Theory]
    [MemberData(nameof(All))]
    public void A_report_reads_as_it_was_verified_to(string fixture)
    {
        var reading = Fixtures.Read(Fixtures.ToolOf(fixture), Fixtures.Bytes(fixture));

        var received = JsonSerializer.Serialize(
            new { reading.Tool, reading.Evaluated, reading.NotEvaluatedBecause, reading.Measurements, reading.Subjects, reading.Redactions }, Options);

        var verified = Fixtures.PathOf(fixture) + ".verified.json";
        if (File.Exists(verified) && File.ReadAllText(verified).Trim() == received) return;
        File.WriteAllText(Fixtures.PathOf(fixture) + ".received.json", received);
        received.ShouldBe(File.Exists(verified) ? File.ReadAllText(verified).Trim() : "(nothing verified yet)");
    }
}
