using Ledger.Domain.Releases;
using Ledger.Server.Http;
using Ledger.Store;
using Ledger.Store.Append;
using Ledger.Store.Releases;

namespace Ledger.Server.Releases;

/// <summary>A release as an append left it.</summary>
internal static class ReleaseAfter
{
    /// <summary>
    /// The release with exactly the appended events, at their time: what the sequencer has in hand, with no reading. An answer that is
    /// repeated tells how the release stands now.
    /// </summary>
    public static ValueTask<Attempt<ReleaseView>> FindAsync(LedgerStore store, ReleaseId release, AppendResult.Appended appended, CancellationToken cancellation) =>
        CommandDesk.ReadBackAsync(async ValueTask<ReleaseView?> () =>
        {
            if (appended.Release is not { } state) return await store.Releases.FindAsync(release, cancellation);
            var pinned = state.Opened.Policy;
            return await store.Policies.GetAsync(pinned.Name, pinned.Version, cancellation) is { } policy ? new ReleaseView(release, state, policy, state.LastAt) : null;
        });
}
