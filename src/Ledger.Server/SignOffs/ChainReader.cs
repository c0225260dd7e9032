using System.Text.Json;
using Ledger.Domain.Events;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.Signers;
using Ledger.Store;
using Ledger.Store.Log;
using Ledger.Store.Releases;
using Ledger.Verifier;
using Ledger.Verifier.Chains;
using Ledger.Verifier.Events;

namespace Ledger.Server.SignOffs;

/// <summary>Reads the events of a release's sign-off chain from the log, and has the chain verified from them alone. Thread-safe.</summary>
internal sealed class ChainReader(LedgerStore store)
{
    private const string SignedOff = "signed_off";

    private readonly ChainReports _reports = new();

    /// <summary>What the chain comes to; null where there is no such release.</summary>
    /// <param name="release">The release.</param>
    /// <param name="upTo">The last place in the log that is looked at; null for everything.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="FormatException">A row holds no leaf.</exception>
    public async Task<ChainReport?> VerifyAsync(ReleaseId release, long? upTo, CancellationToken cancellation) =>
        (await VerifyAsync([release], upTo is { } last ? new AsOf.Leaf(last - 1) : null, cancellation)).GetValueOrDefault(release);

    /// <summary>What the chains of some releases come to; those that are there. As many statements as for one.</summary>
    /// <param name="releases">The releases.</param>
    /// <param name="asOf">As the log was then; null for the present.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="FormatException">A row holds no leaf.</exception>
    public async Task<IReadOnlyDictionary<ReleaseId, ChainReport>> VerifyAsync(IReadOnlyCollection<ReleaseId> releases, AsOf? asOf, CancellationToken cancellation)
    {
        var streams = (await store.Log.ChainEventsAsync([.. releases.Select(release => release.StreamKey)], asOf, cancellation))
            .Select(Read).ToLookup(logged => logged.Stream, StringComparer.Ordinal);
        var chains = new Dictionary<ReleaseId, Chain>();
        foreach (var release in releases.Distinct())
        {
            if (streams[release.StreamKey].ToList() is [{ Type: "release_opened" } first, ..] stream) chains.Add(release, ChainOf(stream, first, streams));
        }

        var found = await store.Log.ContainsAsync([.. chains.Values.SelectMany(chain => chain.Claims).Select(logged => (logged.LeafIndex, logged.LeafHash)).Distinct()], cancellation);
        return chains.ToDictionary(entry => entry.Key, entry => _reports.Verify(
            new ChainEvidence(
                store.Origin, entry.Value.Stream, entry.Value.Pinned, entry.Value.Signers,
                logged => found.TryGetValue(logged.LeafIndex, out var contained) ? contained ? CheckOutcome.Passed : CheckOutcome.Failed : CheckOutcome.NotEvaluated),
            entry.Value.Claims));
    }

    private static Chain ChainOf(List<LoggedEvent> stream, LoggedEvent first, ILookup<string, LoggedEvent> streams)
    {
        var signOffs = stream.Where(logged => logged.Type == SignedOff).ToList();
        var signers = signOffs.Select(logged => Open<ReleaseEvent.SignedOff>(logged)?.Signer).OfType<string>().Where(SignerId.IsValid).Distinct(StringComparer.Ordinal)
            .SelectMany(id => streams[SignerId.StreamOf(id)]).OrderBy(logged => logged.Sequence).ToList();

        // An event that is not the policy's is reported as that.
        var policy = Open<ReleaseEvent.Opened>(first)?.Policy;
        var pinned = (policy is null ? null : streams[PolicyCommand.StreamOf(policy.Name)].FirstOrDefault(logged => logged.Version == policy.Version)) ?? first;
        return new Chain(stream, pinned, signers, [.. signOffs, .. signers, pinned]);
    }

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

    /// <summary>What one chain is verified from.</summary>
    /// <param name="Stream">The release's events.</param>
    /// <param name="Pinned">The policy's event.</param>
    /// <param name="Signers">The events of those who signed.</param>
    /// <param name="Claims">What must be in the log.</param>
    private sealed record Chain(IReadOnlyList<LoggedEvent> Stream, LoggedEvent Pinned, IReadOnlyList<LoggedEvent> Signers, IReadOnlyList<LoggedEvent> Claims);
}
