using Ledger.Exports.Bundles;
using Ledger.Exports.Tests.Ledgers;
using Ledger.Integrity.Notes;
using Ledger.Store.Tests.Embedded;
using Ledger.Verifier;
using Ledger.Verifier.Bundles;

namespace Ledger.Exports.Tests.Bundles;

public sealed class ReleaseExportTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly VerifierKey LogKey = new(MemoryLedger.Origin, TestKeys.Log.PublicKey);

    [Fact]
    public async Task An_exported_release_verifies_with_nothing_but_the_logs_key_and_twice_is_the_same()
    {
        await using var ledger = await StoredLedger.StartAsync(await postgres.CreateDatabaseAsync());
        var release = StoredLedger.Release("shop");
        await ledger.GoAsync(release);
        await ledger.OpenAsync(StoredLedger.Release("other"));

        var zip = await ExportAsync(ledger, withEvidence: true);
        var report = BundleVerifier.Verify(new MemoryStream(zip), new BundleTrust(LogKey));
        report.Valid.ShouldBeTrue(report.FirstFault?.ToString());
        report.Steps.ShouldAllBe(step => step.Outcome == CheckOutcome.Passed || !step.Required);
        (await ExportAsync(ledger, withEvidence: true)).ShouldBe(zip);

        // What a memory ledger's bundle is tested for holds for one from the store: it is made by the same code, of the same files.
        (await ExportAsync(ledger, withEvidence: false)).Length.ShouldBeLessThan(zip.Length);
    }

    [Fact]
    public async Task A_row_that_is_not_what_was_sealed_is_not_exported()
    {
        await using var ledger = await StoredLedger.StartAsync(await postgres.CreateDatabaseAsync());
        await ledger.OpenAsync(StoredLedger.Release("shop"));
        await ledger.ReportAsync(StoredLedger.Release("shop"));
        await using var command = ledger.Owner.CreateCommand(
            "set session_replication_role = replica; update mt_events set data = jsonb_set(data, '{redactions}', '7') where type = 'gate_reported'");
        await command.ExecuteNonQueryAsync();

        await Should.ThrowAsync<InvalidDataException>(() => ExportAsync(ledger, withEvidence: false));
    }

    [Fact]
    public async Task There_is_no_bundle_of_a_release_that_is_not_there()
    {
        await using var ledger = await StoredLedger.StartAsync(await postgres.CreateDatabaseAsync());
        (await new ReleaseExport(ledger.Store).PrepareAsync(StoredLedger.Release("nothing"), withEvidence: false, [])).ShouldBeNull();
    }

    private static async Task<byte[]> ExportAsync(StoredLedger ledger, bool withEvidence) =>
        await StoredLedger.ReadAsync(await new ReleaseExport(ledger.Store).PrepareAsync(StoredLedger.Release("shop"), withEvidence, []));
}
