using System.Security.Cryptography;
using Ledger.Integrity;
using Ledger.Verifier.Chains;
using Ledger.Verifier.Events;

namespace Ledger.Server.SignOffs;

/// <summary>
/// What chains came to, by the very events that they were verified from: the same evidence is verified once. Nothing can grow stale here, for a
/// chain of which anything changed, a tampered row too, is another one. Bounded, the oldest goes first. Thread-safe.
/// </summary>
internal sealed class ChainReports
{
    private const int KeptMax = 1_024;

    private readonly Lock _lock = new();
    private readonly Dictionary<Hash, ChainReport> _reports = [];
    private readonly Queue<Hash> _oldest = new();

    /// <summary>What <paramref name="evidence"/> comes to.</summary>
    /// <param name="evidence">Its inclusion is asked of every event of <paramref name="claims"/> and of no other.</param>
    /// <param name="claims">The events that must be in the log.</param>
    public ChainReport Verify(ChainEvidence evidence, IReadOnlyList<LoggedEvent> claims)
    {
        var key = KeyOf(evidence, claims);
        lock (_lock)
        {
            if (_reports.TryGetValue(key, out var known)) return known;
        }

        var report = SignOffChain.Verify(evidence);
        lock (_lock)
        {
            if (!_reports.TryAdd(key, report)) return report;
            _oldest.Enqueue(key);
            if (_oldest.Count > KeptMax) _reports.Remove(_oldest.Dequeue());
        }

        return report;
    }

    // A leaf hash stands for all that an event says, its place in its stream included; its place in the log is told beside it.
    private static Hash KeyOf(ChainEvidence evidence, IReadOnlyList<LoggedEvent> claims)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in new IReadOnlyList<LoggedEvent>[] { evidence.Release, [evidence.Policy], evidence.Signers, claims })
        {
            all.AppendData(BitConverter.GetBytes(part.Count));
            foreach (var logged in part)
            {
                all.AppendData(logged.LeafHash.ToArray());
                all.AppendData(BitConverter.GetBytes(logged.Sequence));
                all.AppendData([(byte)evidence.Inclusion(logged)]);
            }
        }

        return new Hash(all.GetHashAndReset());
    }
}
