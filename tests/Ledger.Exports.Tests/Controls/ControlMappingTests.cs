using System.Text.Json;
using Ledger.Domain.Actors;
using Ledger.Domain.Releases;
using Ledger.Exports.Controls;
using Ledger.Exports.Tests.Bundles;
using Ledger.Exports.Tests.Ledgers;
using Ledger.Testing;

namespace Ledger.Exports.Tests.Controls;

public class ControlMappingTests
{
    [Fact]
    public async Task Every_control_is_mapped_to_the_very_events()
    {
        var files = await (await TestBundle.OfAsync(MemoryLedger.Whole(), MemoryLedger.Shop, [.. ControlCatalog.All])).FilesAsync();
        Golden.ShouldMatch(ReleaseBundleTests.Indented(files["controls.json"]), "controls.json");
    }

    [Fact]
    public void Every_control_that_is_promised_is_known() =>
        ControlCatalog.All.Select(control => $"{control.Framework} {control.Id}").ShouldBe(
        [
            "SOC 2 CC8.1", "ISO 27001:2022 A.8.32", "ISO 27001:2022 A.8.15", "ISO 27001:2022 A.5.3", "PCI DSS 4.0.1 6.5.1", "PCI DSS 4.0.1 6.5.2", "PCI DSS 4.0.1 10.3",
            "NIST 800-53 CM-3", "NIST 800-53 CM-5(1)", "NIST 800-53 AC-5", "NIST 800-53 AU-9(2)", "NIST 800-53 AU-9(3)", "NIST 800-53 AU-10",
            "21 CFR 11.10(b)", "21 CFR 11.10(e)", "21 CFR 11.10(f)", "21 CFR 11.10(g)", "21 CFR 11.50", "21 CFR 11.70", "SOX SOX-ITGC", "DORA 9(4)(e)", "RTS 2024/1774 Art.17",
        ]);

    [Theory]
    [InlineData("CC8.1", "CC8.1")]
    [InlineData("SOC 2 CC8.1", "CC8.1")]
    [InlineData("iso 27001 A.8.32", "A.8.32")]
    [InlineData("au-9(2)", "AU-9(2)")]
    [InlineData("21 CFR 11.50", "11.50")]
    [InlineData("SOX ITGC", "SOX-ITGC")]
    [InlineData("DORA 9(4)(e)", "9(4)(e)")]
    [InlineData("RTS Art. 17", "Art.17")]
    public void A_control_is_found_by_what_people_call_it(string name, string id) => ControlCatalog.Find(name)!.Id.ShouldBe(id);

    [Theory]
    [InlineData("")]
    [InlineData("CC8")]
    [InlineData("A.8")]
    public void What_is_not_a_control_is_not_found(string name) => ControlCatalog.Find(name).ShouldBeNull();

    [Fact]
    public async Task What_is_missing_is_named_and_never_shown()
    {
        var ledger = new MemoryLedger();
        ledger.Open(MemoryLedger.Shop);
        var mapped = await MapAsync(ledger, "CC8.1");
        mapped.GetProperty("status").GetString().ShouldBe("not_shown");
        Statuses(mapped).ShouldBe(["shown", "not_shown", "not_shown", "not_evaluated", "not_evaluated", "not_shown", "not_applicable", "not_applicable"]);
    }

    [Fact]
    public async Task An_emergency_is_not_evaluated_until_its_approvals_are_there_and_late_ones_are_not_shown()
    {
        var ledger = Emergency();
        Statuses(await MapAsync(ledger, "CC8.1"))[^1].ShouldBe("not_evaluated");
        ledger.SignThree(MemoryLedger.Shop);
        Statuses(await MapAsync(ledger, "CC8.1"))[^1].ShouldBe("shown");
        Statuses(await MapAsync(ledger, "CM-3"))[2].ShouldBe("not_shown"); // approvals did not come before the decision

        var late = Emergency();
        late.Sign(MemoryLedger.Shop, "technical", "tech-lead", "alice", "I looked.");
        late.Wait(TimeSpan.FromHours(25));
        late.Sign(MemoryLedger.Shop, "business", "product", "bob", "Yes.");
        Statuses(await MapAsync(late, "CC8.1"))[^1].ShouldBe("not_shown");
    }

    private static MemoryLedger Emergency()
    {
        var ledger = new MemoryLedger();
        ledger.EnrolThree();
        ledger.Open(MemoryLedger.Shop);
        ledger.Report(MemoryLedger.Shop, 120);
        foreach (var gate in new[] { "backup", "rollback", "freeze" }) ledger.Attest(MemoryLedger.Shop, gate);
        ledger.Do(MemoryLedger.Shop, new ReleaseCommand.Decide(MemoryLedger.Shop, Go: true, EmergencyReason: "customers cannot pay"), new Actor("mia.manager", Role.ReleaseManager));
        return ledger;
    }

    private static async Task<JsonElement> MapAsync(MemoryLedger ledger, string control)
    {
        var files = await (await TestBundle.OfAsync(ledger, MemoryLedger.Shop, ControlCatalog.Find(control)!)).FilesAsync();
        return JsonElement.Parse(files["controls.json"]).GetProperty("controls")[0];
    }

    private static string[] Statuses(JsonElement control) => [.. control.GetProperty("demands").EnumerateArray().Select(demand => demand.GetProperty("status").GetString()!)];
}
