using System.Text;
using Ledger.Domain.Actors;
using Ledger.Domain.Deployments;
using Ledger.Domain.Measurements;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.Rollbacks;
using Ledger.Exports.Pdf;
using Ledger.Exports.Releases;
using Ledger.Exports.Tests.Bundles;
using Ledger.Exports.Tests.Ledgers;
using Ledger.Integrity;
using Ledger.Integrity.Notes;

namespace Ledger.Exports.Tests.Pdf;

/// <summary>The record of a release that went back says so, by which rule, and on which measurements.</summary>
public class RolloutRecordTests
{
    private static readonly Actor Ci = new("ci-pipeline", Role.Ci);
    private static readonly Actor Manager = new("mia.manager", Role.ReleaseManager);

    [Fact]
    public async Task A_release_that_was_rolled_back_says_so_in_README_and_record()
    {
        var ledger = RolledBack();
        var dossier = ledger.Dossier(MemoryLedger.Shop);
        long Place(string type) => ledger.Events.First(each => each.Type == type).Sequence;
        var fired = Place("rollback_triggered");
        var summary = $"rolled back, 2026-01-31T12:27:00.000000Z (event {Place("rollback_completed")}); fired: in-a-row (event {fired})";
        RolloutSummary.Of(dossier.Rollout).ShouldBe(summary);
        Encoding.UTF8.GetString((await (await TestBundle.OfAsync(ledger)).FilesAsync())["README.md"]).ShouldContain($"Go/no-go on file: GO. Afterwards: {summary}.");

        var text = Encoding.Latin1.GetString(SignOffRecord.Write(dossier, new Checkpoint(MemoryLedger.Origin, ledger.Events.Count, Hash.Sha256("root"u8))));
        foreach (var said in (string[])["Rule that fired", $"event {fired - 2}, {fired - 1}", "after 120 s, within its objective,", "errors burn"]) text.ShouldContain(Shown(said), Case.Insensitive, said);
    }

    [Fact]
    public void A_release_that_was_never_deployed_has_no_such_section()
    {
        var dossier = MemoryLedger.Whole().Dossier(MemoryLedger.Shop);
        RolloutSummary.Of(dossier.Rollout).ShouldBeNull();
        Encoding.Latin1.GetString(SignOffRecord.Write(dossier, new Checkpoint(MemoryLedger.Origin, 1, Hash.Sha256("root"u8)))).ShouldNotContain(Shown("Rule that fired"), Case.Insensitive);
    }

    private static MemoryLedger RolledBack()
    {
        var ledger = new MemoryLedger(TestPolicy.Document with
        {
            Analyses = [new Analysis("errors", "Errors", "error_rate", Comparator.Less, Of("0.5%"), Of("30s"), 2, 1, null)],
            Deployment = new DeploymentPlan(DeploymentStrategy.Canary, null, [Step("ten", "10%", ["errors"]), Step("all", "100%", [])]),
            Rollback = new RollbackPlan([new RollbackRule.FailuresInARow("in-a-row", "In a row", 2)], Of("5min"), "rollback", null, []),
        });
        var shop = MemoryLedger.Shop;
        ledger.EnrolThree();
        ledger.Open(shop);
        ledger.Report(shop, 120);
        ledger.Attest(shop, "backup");
        ledger.Attest(shop, "rollback");
        ledger.Attest(shop, "freeze");
        ledger.SignThree(shop);
        ledger.Do(shop, new ReleaseCommand.Decide(shop, Go: true), Manager);
        ledger.Do(shop, new DeploymentCommand.Start(shop, "4be1c0ffee1234567890abcdef1234567890abcd", []), Ci);
        ledger.Do(shop, new DeploymentCommand.StartStep(shop, "ten"), Ci);
        for (var i = 0; i < 2; i++)
        {
            ledger.Wait(TimeSpan.FromMinutes(1));
            ledger.Do(shop, new DeploymentCommand.Measure(shop, [new Sample("error_rate", ledger.Now, "prometheus", Unit.Ratio, 0.02)]), Ci);
        }

        ledger.Wait(TimeSpan.FromMinutes(1));
        ledger.Do(shop, new RollbackCommand.Start(shop, RollbackCause.Rule, "errors burn"), Ci);
        ledger.Wait(TimeSpan.FromMinutes(1));
        ledger.Do(shop, new RollbackCommand.Complete(shop), Ci);
        return ledger;
    }

    // Text is written as the codes of its letters.
    private static string Shown(string text) => Convert.ToHexString(Encoding.Latin1.GetBytes(text));

    private static Quantity Of(string text) => Quantity.TryParse(text, out var quantity) ? quantity : throw new ArgumentException(text, nameof(text));

    private static DeploymentStep Step(string name, string weight, IReadOnlyList<string> analyses) => new(name, name, Of(weight), null, analyses, null, null, null, [], []);
}
