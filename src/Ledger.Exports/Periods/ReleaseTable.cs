using System.Globalization;
using CsvHelper;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Exports.Controls;
using Ledger.Store;
using Ledger.Store.Log;

namespace Ledger.Exports.Periods;

/// <summary>
/// The releases that have an event in a period, one a row, as each stood at the period's end: what an auditor samples from (RFC 4180, UTF-8). A
/// cell that a spreadsheet would take for a formula is given an apostrophe.
/// </summary>
internal static class ReleaseTable
{
    private static readonly CsvWriterOptions Csv = new() { Injection = CsvInjection.Escape };

    /// <summary>Writes the table from the log.</summary>
    /// <param name="store">The log.</param>
    /// <param name="period">The period.</param>
    /// <param name="leaves">Its leaves.</param>
    /// <param name="controls">Controls to map, three more columns each; often none.</param>
    /// <param name="output">Receives the table.</param>
    /// <param name="cancellation">Gives up.</param>
    public static Task WriteAsync(LedgerStore store, ExportPeriod period, PeriodLeaves leaves, IReadOnlyList<Control> controls, Stream output, CancellationToken cancellation)
    {
        var streams = store.Periods.ReleasesAsync(leaves.FirstSequence, leaves.LastSequence, period.Services, cancellation);
        var mapper = controls.Count == 0 ? null : new PeriodControls(store, leaves, controls, DemandStatus.NotEvaluated);
        return WriteAsync(
            store.Periods.HistoriesAsync(streams, leaves.LastSequence, cancellation), pinned => store.Policies.GetAsync(pinned.Name, pinned.Version, cancellation), leaves, controls, mapper, output, cancellation);
    }

    /// <summary>Writes the table of the releases whose events these are, each release's one after the other.</summary>
    internal static async Task WriteAsync(
        IAsyncEnumerable<StoredEvent> histories, Func<PolicyReference, ValueTask<PublishedPolicy?>> policies, PeriodLeaves leaves,
        IReadOnlyList<Control> controls, PeriodControls? mapper, Stream output, CancellationToken cancellation)
    {
        await using var csv = CsvWriter.Create(output, Csv, leaveOpen: true);
        await csv.WriteRecordAsync([.. ReleaseRow.Columns, .. controls.SelectMany(Columns)], cancellation).ConfigureAwait(false);
        ReleaseRow? row = null;
        var current = "";
        await foreach (var stored in histories.WithCancellation(cancellation).ConfigureAwait(false))
        {
            if (stored.Stream != current)
            {
                if (row is not null) await WriteRowAsync(csv, row, current, mapper, cancellation).ConfigureAwait(false);
                var pinned = stored.Recorded<ReleaseEvent.Opened>().Event.Policy;
                var policy = await policies(pinned).ConfigureAwait(false);
                if (policy?.Reference != pinned) throw new InvalidDataException($"the policy that '{stored.Stream}' pinned is not in the log");
                (row, current) = (new ReleaseRow(policy), stored.Stream);
            }

            row!.Add(stored, leaves);
        }

        if (row is not null) await WriteRowAsync(csv, row, current, mapper, cancellation).ConfigureAwait(false);
        await csv.FlushAsync(cancellation).ConfigureAwait(false);
    }

    private static IEnumerable<string> Columns(Control control) => [$"{control.Id}", $"{control.Id} events", $"{control.Id} missing"];

    private static async Task WriteRowAsync(CsvWriter csv, ReleaseRow row, string stream, PeriodControls? mapper, CancellationToken cancellation)
    {
        var mapped = mapper is null ? [] : (await mapper.MapAsync(stream, cancellation).ConfigureAwait(false)).Controls;
        await csv.WriteRecordAsync([.. row.Cells(), .. mapped.SelectMany(Cells)], cancellation).ConfigureAwait(false);
    }

    private static IEnumerable<string> Cells(MappedControl control) =>
    [
        PeriodControls.Name(control.Status),
        CellList.Of(control.Demands.SelectMany(demand => demand.Events).Select(each => each.Sequence).Distinct().Order().Select(sequence => sequence.ToString(CultureInfo.InvariantCulture))),
        CellList.Of(control.Demands.Where(demand => demand.Status is DemandStatus.NotShown or DemandStatus.NotEvaluated)
            .Select(demand => $"{PeriodControls.Name(demand.Status)}: {demand.Demand} ({demand.Note})")),
    ];
}
