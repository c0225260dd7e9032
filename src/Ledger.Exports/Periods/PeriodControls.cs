using System.Diagnostics;
using Ledger.Exports.Controls;
using Ledger.Exports.Releases;
using Ledger.Integrity.Notes;
using Ledger.Store;

namespace Ledger.Exports.Periods;

/// <summary>Maps the releases of a period to controls, each as it stood at the period's end.</summary>
internal sealed class PeriodControls(LedgerStore store, PeriodLeaves leaves, IReadOnlyList<Control> controls, DemandStatus isPopulationShown)
{
    private readonly DossierReader _dossiers = new(store);
    private readonly (Checkpoint Tree, int Cosignatures) _checkpoint = CheckpointNote.Read(leaves.Checkpoint);

    public async Task<ControlMapping> MapAsync(string stream, CancellationToken cancellation) =>
        await _dossiers.ReadAsync(stream, leaves.LastSequence, cancellation).ConfigureAwait(false) is { } dossier
            ? ControlMapping.Of(new ControlCase(dossier, _checkpoint.Tree, _checkpoint.Cosignatures, isPopulationShown), controls)
            : throw new InvalidDataException($"'{stream}' was not opened by the period's end");

    public static string Name(DemandStatus status) => status switch
    {
        DemandStatus.Shown => "shown",
        DemandStatus.NotShown => "not shown",
        DemandStatus.NotEvaluated => "not evaluated",
        DemandStatus.NotApplicable => "not applicable",
        _ => throw new UnreachableException(),
    };
}
