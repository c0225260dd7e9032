using Ledger.Integrity;

namespace Ledger.Store.Log;

/// <summary>That a tree is the beginning of a larger one: nothing that was logged was changed or removed.</summary>
/// <param name="From">The size of the smaller tree.</param>
/// <param name="To">The size of the larger tree.</param>
/// <param name="Hashes">The consistency proof (RFC 6962 §2.1.2).</param>
/// <param name="FromRoot">The root of the smaller tree.</param>
/// <param name="ToRoot">The root of the larger tree.</param>
/// <param name="Checkpoint">The signed note over the larger tree (C2SP tlog-checkpoint).</param>
public sealed record ConsistencyAnswer(long From, long To, IReadOnlyList<Hash> Hashes, Hash FromRoot, Hash ToRoot, string Checkpoint);
