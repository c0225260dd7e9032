using Ledger.Domain;
using Ledger.Domain.Events;
using Ledger.Exports.Controls;
using Ledger.Integrity.Archives;
using Ledger.Integrity.Bundles;
using Ledger.Store;
using Ledger.Store.Log.Witnesses;

namespace Ledger.Exports.Periods;

/// <summary>
/// Exports what the log holds of a period: its events, or its releases as a table, or both with the proof that nothing is left out. Memory does not grow
/// with the period. Thread-safe.
/// </summary>
public sealed class PeriodExport(LedgerStore store)
{
    /// <summary>One canonical leaf a line, in the order of the log (NDJSON). Each was found to be what was sealed.</summary>
    /// <param name="period">The period.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<ExportResult> EventsAsync(ExportPeriod period, CancellationToken cancellation = default)
    {
        var leaves = await LeavesAsync(period, cancellation);
        return new ExportResult.Ready(FileName(period, "ndjson"), (output, giveUp) => PeriodEvents.WriteAsync(store, period, leaves, output, giveUp));
    }

    /// <summary>One row for each release that has an event in the period, as it stood at the period's end (CSV).</summary>
    /// <param name="period">The period.</param>
    /// <param name="controls">Controls to map, in three more columns each; often none.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<ExportResult> TableAsync(ExportPeriod period, IReadOnlyList<Control> controls, CancellationToken cancellation = default)
    {
        var leaves = await LeavesAsync(period, cancellation);
        return new ExportResult.Ready(
            FileName(period, "csv"), (output, giveUp) => ReleaseTable.WriteAsync(store, period, leaves, controls, output, giveUp));
    }

    /// <summary>A bundle of both, that verifies offline, with the proof that the population is complete.</summary>
    /// <param name="period">The period, of one service or of all.</param>
    /// <param name="controls">Controls to map; often none.</param>
    /// <param name="seesEverything">Whether the reader may see every service: else what is of others stays hidden, and completeness is not evaluated.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<ExportResult> BundleAsync(ExportPeriod period, IReadOnlyList<Control> controls, bool seesEverything, CancellationToken cancellation = default)
    {
        var leaves = await LeavesAsync(period, cancellation);
        if (!seesEverything && (!await MaySeeAsync(leaves.First, period, leaves, cancellation) || !await MaySeeAsync(leaves.End + 1, period, leaves, cancellation)))
        {
            return new ExportResult.Refused(new Refusal(
                "neighbour_out_of_scope", "the events on both sides of the period show where it ends, and one of them is of a service that the token is not for",
                "use a token for every service, or the format csv or ndjson"));
        }

        var files = new SpooledFiles();
        try
        {
            await new PeriodBundle(store, period, leaves, controls, seesEverything, files).SpoolAsync(cancellation);
            if (files.ArchiveLength <= ArchiveWriter.MaxBytes / 2)
            {
                return new ExportResult.Ready(FileName(period, "zip"), async (output, giveUp) =>
                {
                    await using (files) await files.WriteAsync(output, store.Sign(new BundleManifest(store.Origin, period.Subject, files.Listed)), giveUp);
                });
            }
        }
        catch
        {
            await files.DisposeAsync();
            throw;
        }

        var length = files.ArchiveLength;
        await files.DisposeAsync();
        return new ExportResult.Refused(new Refusal("bundle_too_large", $"the bundle would have {length} bytes", "export shorter periods, one after the other"));
    }

    private async Task<PeriodLeaves> LeavesAsync(ExportPeriod period, CancellationToken cancellation)
    {
        SignedCheckpoint newest = await store.Cosignatures.NewestAsync(cancellation) ?? throw new InvalidDataException("the log is empty");
        return new PeriodLeaves(
            await store.Periods.CountBeforeAsync(period.From, newest.Size, cancellation), await store.Periods.CountBeforeAsync(period.To, newest.Size, cancellation), newest.Size, newest.Note);
    }

    private async Task<bool> MaySeeAsync(long sequence, ExportPeriod period, PeriodLeaves leaves, CancellationToken cancellation) =>
        sequence < 1 || sequence > leaves.TreeSize
        || StreamScope.Covers((await store.Events.FindAsync(sequence, cancellation))!.Stream, period.Services);

    private static string FileName(ExportPeriod period, string extension) => $"ledger-{period.From.UtcDateTime:yyyyMMdd}-{period.To.UtcDateTime:yyyyMMdd}.{extension}";
}
