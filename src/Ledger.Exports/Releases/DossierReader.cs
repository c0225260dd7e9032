using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.Signers;
using Ledger.Store;

namespace Ledger.Exports.Releases;

/// <summary>Reads dossiers from the log, as it was at one place. Thread-safe.</summary>
internal sealed class DossierReader(LedgerStore store)
{
    /// <summary>The dossier of a release; null where it was not opened up to there.</summary>
    /// <param name="stream">The key of the release's stream.</param>
    /// <param name="upTo">The last place in the log that is looked at.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="InvalidDataException">What is stored does not belong together.</exception>
    public async Task<ReleaseDossier?> ReadAsync(string stream, long upTo, CancellationToken cancellation)
    {
        var history = await ReadAsync([stream], upTo, cancellation);
        if (history is not [{ Event: ReleaseEvent.Opened opened }, ..]) return null;
        var named = history.Select(each => each.Event).OfType<ReleaseEvent.SignedOff>().Select(signed => SignerId.StreamOf(signed.Signer)).ToHashSet(StringComparer.Ordinal);
        var published = await store.Events.StreamAsync(PolicyCommand.StreamOf(opened.Policy.Name), opened.Policy.Version - 1, limit: 1, cancellation);
        if (published is not [var policy] || await store.Events.FindAsync(1, cancellation) is not { } created)
            throw new InvalidDataException($"the policy that '{stream}' pinned, or the log's first event, is not in the log");
        return new ReleaseDossier(store.Origin, new ExportedEvent(created), new ExportedEvent(policy), history, await ReadAsync(named, upTo, cancellation));
    }

    private async Task<IReadOnlyList<ExportedEvent>> ReadAsync(IReadOnlyCollection<string> streams, long upTo, CancellationToken cancellation) =>
        [.. (await store.Events.StreamsAsync(streams, upTo, cancellation)).Select(stored => new ExportedEvent(stored))];
}
