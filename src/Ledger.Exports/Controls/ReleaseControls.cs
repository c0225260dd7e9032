using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.Signers;
using Ledger.Exports.Releases;
using Ledger.Store;
using Ledger.Store.Releases;

namespace Ledger.Exports.Controls;

/// <summary>Maps releases to controls, many at once, as they are in the log or were. Thread-safe.</summary>
public sealed class ReleaseControls(LedgerStore store)
{
    /// <summary>Which events of some releases show what controls ask for. Three statements, however many releases.</summary>
    /// <param name="releases">The releases.</param>
    /// <param name="asOf">As the log was then; null for the present.</param>
    /// <param name="controls">What is looked for.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>By release; those that were not opened by then are left out.</returns>
    /// <exception cref="InvalidDataException">What is stored does not belong together.</exception>
    public async Task<IReadOnlyDictionary<ReleaseId, ControlMapping>> MapAsync(
        IReadOnlyCollection<ReleaseId> releases, AsOf? asOf, IReadOnlyList<Control> controls, CancellationToken cancellation = default)
    {
        var mappings = new Dictionary<ReleaseId, ControlMapping>();
        var streams = (await store.Log.ChainEventsAsync([.. releases.Select(release => release.StreamKey)], asOf, proved: null, cancellation))
            .Select(stored => new ExportedEvent(stored)).ToLookup(each => each.Stream, StringComparer.Ordinal);
        if (await store.Events.FindAsync(1, cancellation) is not { } created || await store.Cosignatures.NewestAsync(cancellation) is not { } newest)
            throw new InvalidDataException("the log's first event, or its checkpoint, is missing");
        var (tree, cosignatures) = CheckpointNote.Read(newest.Note);
        foreach (var release in releases.Distinct())
        {
            if (streams[release.StreamKey].ToList() is not [{ Event: ReleaseEvent.Opened opened }, ..] history) continue;
            var published = streams[PolicyCommand.StreamOf(opened.Policy.Name)].FirstOrDefault(each => each.Version == opened.Policy.Version)
                ?? throw new InvalidDataException($"the policy that {release} pinned is not in the log");
            var signers = history.Select(each => each.Event).OfType<ReleaseEvent.SignedOff>().Select(signed => SignerId.StreamOf(signed.Signer)).Distinct(StringComparer.Ordinal)
                .SelectMany(stream => streams[stream]).OrderBy(each => each.Sequence).ToList();
            var dossier = new ReleaseDossier(store.Origin, new ExportedEvent(created), published, history, signers);
            mappings.Add(release, ControlMapping.Of(new ControlCase(dossier, tree, cosignatures), controls));
        }

        return mappings;
    }
}
