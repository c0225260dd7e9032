using System.Security.Cryptography;
using System.Text;
using Ledger.Domain.Releases;
using Ledger.Integrity;
using Ledger.Store;
using Ledger.Store.Log;
using Ledger.Verifier.Chains;

namespace Ledger.Server.SignOffs;

/// <summary>
/// What chains came to, by digests of the very rows that they were verified from: of the release's own events, which say whose streams matter beside them, and of
/// those. Nothing can grow stale here, for a chain of which a row changed, by tampering too, is another one. Bounded. Thread-safe.
/// </summary>
/// <param name="keptMax">How many chains are kept.</param>
internal sealed class ChainReports(int keptMax)
{
    private readonly BoundedMemo<Hash, IReadOnlyList<string>> _parties = new(keptMax);
    private readonly BoundedMemo<Hash, ChainReport> _reports = new(keptMax);

    /// <summary>What the chain of these rows came to; null where that is not known.</summary>
    /// <param name="release">The release.</param>
    /// <param name="digests">By stream, as <see cref="LogReads.ChainDigests"/> has them.</param>
    public ChainReport? Find(ReleaseId release, IReadOnlyDictionary<string, Hash> digests) =>
        digests.TryGetValue(release.StreamKey, out var own) && _parties.TryGet(own, out var parties) && _reports.TryGet(KeyOf(release, parties, digests), out var report) ? report : null;

    /// <summary>Keeps what a chain came to.</summary>
    /// <param name="release">The release.</param>
    /// <param name="parties">The streams that its own events lead to.</param>
    /// <param name="digests">Digests by stream, of the rows that it was verified from.</param>
    /// <param name="report">What it came to.</param>
    public void Keep(ReleaseId release, IReadOnlyList<string> parties, IReadOnlyDictionary<string, Hash> digests, ChainReport report)
    {
        _parties.Keep(digests[release.StreamKey], parties, 1);
        _reports.Keep(KeyOf(release, parties, digests), report, 1);
    }

    private static Hash KeyOf(ReleaseId release, IReadOnlyList<string> parties, IReadOnlyDictionary<string, Hash> digests)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var stream in parties.Prepend(release.StreamKey))
        {
            // A stream that has no rows is told apart from every digest.
            all.AppendData(Hash.Sha256(Encoding.UTF8.GetBytes(stream)).Bytes);
            if (digests.TryGetValue(stream, out var digest)) all.AppendData([1, .. digest.Bytes]);
            else all.AppendData([0]);
        }

        return new Hash(all.GetHashAndReset());
    }
}
