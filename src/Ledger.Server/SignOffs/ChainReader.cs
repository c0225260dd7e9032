using System.Text.Json;
using Ledger.Domain.Events;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.Signers;
using Ledger.Store;
using Ledger.Store.Log;
using Ledger.Verifier;
using Ledger.Verifier.Chains;
using Ledger.Verifier.Events;

namespace Ledger.Server.SignOffs;

/// <summary>Reads the events of a release's sign-off chain from the log, and has the chain verified from them alone. Thread-safe.</summary>
internal sealed class ChainReader(LedgerStore store)
{
    private const string SignedOff = "signed_off";

    /// <summary>What the chain comes to; null where there is no such release.</summary>
    /// <param name="release">The release.</param>
    /// <param name="upTo">The last place in the log that is looked at; null for everything.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="FormatException">A row holds no leaf.</exception>
    public async Task<ChainReport?> VerifyAsync(ReleaseId release, long? upTo, CancellationToken cancellation)
    {
        var stream = await ReadAsync([release.StreamKey], upTo, cancellation);
        if (stream is not [{ Type: "release_opened" } first, ..]) return null;
        var signOffs = stream.Where(logged => logged.Type == SignedOff).ToList();
        var names = signOffs.Select(logged => Open<ReleaseEvent.SignedOff>(logged)?.Signer).OfType<string>().Where(SignerId.IsValid).Distinct(StringComparer.Ordinal);
        var signers = await ReadAsync([.. names.Select(SignerId.StreamOf)], upTo, cancellation);

        // An event that is not the policy's is reported as that.
        var pinned = await PolicyAsync(Open<ReleaseEvent.Opened>(first), cancellation) ?? first;
        var found = await store.Log.ContainsAsync([.. signOffs.Concat(signers).Append(pinned).Select(logged => (logged.LeafIndex, logged.LeafHash))], cancellation);
        return SignOffChain.Verify(new ChainEvidence(
            store.Origin, stream, pinned, signers,
            logged => found.TryGetValue(logged.LeafIndex, out var contained) ? contained ? CheckOutcome.Passed : CheckOutcome.Failed : CheckOutcome.NotEvaluated));
    }

    private async Task<LoggedEvent?> PolicyAsync(ReleaseEvent.Opened? opened, CancellationToken cancellation)
    {
        if (opened is null || opened.Policy.Version < 1) return null;
        var published = await store.Events.StreamAsync(PolicyCommand.StreamOf(opened.Policy.Name), opened.Policy.Version - 1, limit: 1, cancellation);
        return published is [var stored] ? Read(stored) : null;
    }

    private async Task<IReadOnlyList<LoggedEvent>> ReadAsync(IReadOnlyCollection<string> streams, long? upTo, CancellationToken cancellation) =>
        [.. (await store.Events.StreamsAsync(streams, upTo, cancellation)).Select(Read)];

    // What cannot be read is for the verifier to report.
    private static TEvent? Open<TEvent>(LoggedEvent logged)
        where TEvent : LedgerEvent
    {
        try
        {
            return logged.Open() as TEvent;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static LoggedEvent Read(StoredEvent stored) => LoggedEvent.TryRead(stored.Sequence, stored.Leaf(), out var logged, out var error)
        ? logged
        : throw new InvalidDataException($"the event at sequence {stored.Sequence} cannot be read: {error}");
}
