using Ledger.Exports.Releases;
using Ledger.Integrity.Notes;

namespace Ledger.Exports.Controls;

/// <summary>What a control is held against: one release, in a bundle of its own or in that of a period.</summary>
/// <param name="Dossier">The release.</param>
/// <param name="Tree">The checkpoint that the bundle is held against.</param>
/// <param name="Cosignatures">How many signatures beside the log's own the checkpoint carries; whose they are is not said.</param>
/// <param name="Population">Whether the population is shown to be complete; null where the bundle is of one release, which is none.</param>
internal sealed record ControlCase(ReleaseDossier Dossier, Checkpoint Tree, int Cosignatures, DemandStatus? Population = null);
