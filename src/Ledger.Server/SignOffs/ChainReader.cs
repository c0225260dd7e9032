using System.Text.Json;
using Ledger.Domain.Events;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.Signers;
using Ledger.Integrity;
using Ledger.Store;
using Ledger.Store.Log;
using Ledger.Store.Releases;
using Ledger.Verifier;
using Ledger.Verifier.Chains;
using Ledger.Verifier.Events;

namespace Ledger.Server.SignOffs;

/// <summary>
/// Reads the events of a release's sign-off chain from the log, and has the chain verified from them alone. The rows are looked at every time; what the same
/// rows come to is worked out once. Thread-safe.
/// </summary>
/// <param name="store">The log.</param>
/// <param name="keptMax">Of how many releases it is kept.</param>
internal sealed class ChainReader(LedgerStore store, int keptMax = ChainReader.KeptMax)
{
    private const int KeptMax = 4_096;
    private const string SignedOff = "signed_off";

    private readonly ChainReports _reports = new(keptMax);

    // Of each release, what was found to be in the log: a leaf that was proved once needs no tile any more.
    private readonly BoundedMemo<ReleaseId, IReadOnlyDictionary<long, Hash>> _proved = new(keptMax);

    /// <summary>What the chain comes to; null where there is no such release. One statement.</summary>
    /// <param name="release">The release.</param>
    /// <param name="upTo">The last place in the log that is looked at; null for everything.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="FormatException">A row holds no leaf.</exception>
    public async Task<ChainReport?> VerifyAsync(ReleaseId release, long? upTo, CancellationToken cancellation) =>
        (await VerifyAsync([release], upTo is { } last ? new AsOf.Leaf(last - 1) : null, cancellation)).GetValueOrDefault(release);

    /// <summary>What the chains of some releases come to; those that are there. As many statements as for two.</summary>
    /// <param name="releases">The releases.</param>
    /// <param name="asOf">As the log was then; null for the present.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="FormatException">A row holds no leaf.</exception>
    public async Task<IReadOnlyDictionary<ReleaseId, ChainReport>> VerifyAsync(IReadOnlyCollection<ReleaseId> releases, AsOf? asOf, CancellationToken cancellation)
    {
        var reports = new Dictionary<ReleaseId, ChainReport>();
        List<ReleaseId> others = [.. releases.Distinct()];
        if (others.Count > 1)
        {
            // Of many the most are as they were, which digests show: their rows need not come over.
            var digests = await store.Log.ChainDigestsAsync(Streams(others), asOf, cancellation);
            others = Unknown([.. others.Where(release => digests.ContainsKey(release.StreamKey))], digests, reports);
        }

        if (others.Count > 0) await ReadAsync(others, asOf, reports, cancellation);
        return reports;
    }

    private async Task ReadAsync(List<ReleaseId> releases, AsOf? asOf, Dictionary<ReleaseId, ChainReport> reports, CancellationToken cancellation)
    {
        var proved = new Dictionary<long, Hash>();
        foreach (var release in releases)
        {
            if (!_proved.TryGet(release, out var leaves)) continue;
            foreach (var (index, leaf) in leaves) proved[index] = leaf;
        }

        var rows = await store.Log.ChainEventsAsync(Streams(releases), asOf, [.. proved.Keys.Select(index => index + 1)], cancellation);
        var digests = LogReads.ChainDigests(rows);
        var unknown = Unknown(releases, digests, reports);
        if (unknown.Count == 0) return;

        var streams = rows.Select(Read).ToLookup(logged => logged.Stream, StringComparer.Ordinal);
        var chains = new List<(ReleaseId Release, Chain Chain)>();
        foreach (var release in unknown)
            if (streams[release.StreamKey].ToList() is [{ Type: "release_opened" } first, ..] stream) chains.Add((release, ChainOf(stream, first, streams)));
        var claims = chains.SelectMany(each => each.Chain.Claims).DistinctBy(logged => logged.LeafIndex).ToList();
        var found = new Dictionary<long, bool>(
            await store.Log.ContainsAsync([.. claims.Where(logged => !IsProved(logged)).Select(logged => (logged.LeafIndex, logged.LeafHash))], cancellation));
        foreach (var logged in claims.Where(IsProved)) found[logged.LeafIndex] = true;
        foreach (var (release, chain) in chains) reports[release] = Verify(release, chain, digests, found);

        bool IsProved(LoggedEvent logged) => proved.TryGetValue(logged.LeafIndex, out var leaf) && leaf == logged.LeafHash;
    }

    // Those whose rows were not seen before; the reports of the others are filled in.
    private List<ReleaseId> Unknown(IEnumerable<ReleaseId> releases, IReadOnlyDictionary<string, Hash> digests, Dictionary<ReleaseId, ChainReport> reports)
    {
        var unknown = new List<ReleaseId>();
        foreach (var release in releases)
        {
            if (_reports.Find(release, digests) is { } known) reports[release] = known;
            else unknown.Add(release);
        }

        return unknown;
    }

    private ChainReport Verify(ReleaseId release, Chain chain, IReadOnlyDictionary<string, Hash> digests, Dictionary<long, bool> found)
    {
        var inside = chain.Claims.Where(logged => found.GetValueOrDefault(logged.LeafIndex)).DistinctBy(logged => logged.LeafIndex).ToDictionary(logged => logged.LeafIndex, logged => logged.LeafHash);
        var report = SignOffChain.Verify(new ChainEvidence(
            store.Origin, chain.Stream, chain.Pinned, chain.Signers,
            logged => found.TryGetValue(logged.LeafIndex, out var contained) ? contained ? CheckOutcome.Passed : CheckOutcome.Failed : CheckOutcome.NotEvaluated));
        _proved.Keep(release, inside, 1);

        // What is in the log stays there. What is not yet may come to be.
        if (chain.Claims.All(logged => inside.ContainsKey(logged.LeafIndex))) _reports.Keep(release, chain.Parties, digests, report);
        return report;
    }

    private static Chain ChainOf(List<LoggedEvent> stream, LoggedEvent first, ILookup<string, LoggedEvent> streams)
    {
        var signOffs = stream.Where(logged => logged.Type == SignedOff).ToList();
        var signers = signOffs.Select(logged => Open<ReleaseEvent.SignedOff>(logged)?.Signer).OfType<string>().Where(SignerId.IsValid).Distinct(StringComparer.Ordinal).Select(SignerId.StreamOf).ToList();
        var signing = signers.SelectMany(signer => streams[signer]).OrderBy(logged => logged.Sequence).ToList();

        // An event that is not the policy's is reported as that.
        var policy = Open<ReleaseEvent.Opened>(first)?.Policy;
        var published = policy is null ? null : streams[PolicyCommand.StreamOf(policy.Name)].FirstOrDefault(logged => logged.Version == policy.Version);
        return new Chain(
            stream, published ?? first, signing, [.. signOffs, .. signing, published ?? first],
            policy is null ? signers : [.. signers, LogReads.PinnedKey(PolicyCommand.StreamOf(policy.Name), policy.Version)]);
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

    private static string[] Streams(List<ReleaseId> releases) => [.. releases.Select(release => release.StreamKey)];

    /// <summary>What one chain is verified from.</summary>
    /// <param name="Stream">The release's events.</param>
    /// <param name="Pinned">The policy's event.</param>
    /// <param name="Signers">The events of those who signed.</param>
    /// <param name="Claims">What must be in the log.</param>
    /// <param name="Parties">The streams that the release's own events lead to: of its signers, and of its policy with the version.</param>
    private sealed record Chain(IReadOnlyList<LoggedEvent> Stream, LoggedEvent Pinned, IReadOnlyList<LoggedEvent> Signers, IReadOnlyList<LoggedEvent> Claims, IReadOnlyList<string> Parties);
}
