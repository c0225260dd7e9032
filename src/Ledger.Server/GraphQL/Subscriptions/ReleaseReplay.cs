using Ledger.Domain.Releases;
using Ledger.Server.GraphQL.Releases;
using Ledger.Server.GraphQL.Requests;
using Ledger.Store;
using Ledger.Store.Log;
using Ledger.Store.Releases;

namespace Ledger.Server.GraphQL.Subscriptions;

/// <summary>A release changed.</summary>
/// <param name="stored">By this event.</param>
/// <param name="release">Which one.</param>
/// <param name="replay">What it was before.</param>
internal sealed class ReleaseChange(StoredEvent stored, ReleaseId release, ReleaseReplay replay)
{
    private readonly Lock _lock = new();
    private Task<ReleaseAt>? _release;

    public StoredEvent Stored => stored;

    /// <summary>The release as the event left it, worked out once however often it is asked for.</summary>
    public Task<ReleaseAt> ReleaseAsync(CancellationToken cancellation)
    {
        lock (_lock) return _release ??= replay.AfterAsync(release, stored, cancellation);
    }
}

/// <summary>
/// Releases as the events of one subscription leave them, in the order of the log: each is read once and goes on from there, event by event, so that to hear of a
/// long history costs its length once. Events of one release are asked about one after another.
/// </summary>
internal sealed class ReleaseReplay(Asking asking)
{
    private const int ReleasesKept = 256;

    private readonly BoundedMemo<ReleaseId, ReleaseView> _known = new(ReleasesKept);

    /// <summary>The release right after an event of it.</summary>
    public async Task<ReleaseAt> AfterAsync(ReleaseId release, StoredEvent stored, CancellationToken cancellation)
    {
        var asOf = new AsOf.Leaf(stored.Sequence - 1);
        var view = await ViewAsync(release, stored, asOf, cancellation);
        _known.Keep(release, view, 1);
        return new ReleaseAt(view, asOf);
    }

    private async Task<ReleaseView> ViewAsync(ReleaseId release, StoredEvent stored, AsOf asOf, CancellationToken cancellation)
    {
        var (store, desk) = (asking.Store, asking.Sources.Desk);
        if (stored.Version == 1) return await desk.ReadAsync(() => store.Releases.AfterAsync(null, [stored], cancellation));
        if (!_known.TryGet(release, out var before) || before.State.Last.Version >= stored.Version)
            return await desk.ReadAsync(() => store.Releases.FindAsOfAsync(release, asOf, cancellation)) ?? throw new InvalidDataException($"event {stored.Sequence} is of a release that was not opened");

        // What the subscription left out comes between.
        while (before.State.Last.Version < stored.Version - 1)
        {
            var (earlier, missing) = (before, (int)Math.Min(stored.Version - 1 - before.State.Last.Version, EventReads.LimitMax));
            before = await desk.ReadAsync(async () => await store.Releases.AfterAsync(
                earlier, await store.Events.StreamAsync(stored.Stream, earlier.State.Last.Version, missing, cancellation), cancellation));
        }

        return await desk.ReadAsync(() => store.Releases.AfterAsync(before, [stored], cancellation));
    }
}
