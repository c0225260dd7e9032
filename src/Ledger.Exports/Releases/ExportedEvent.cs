using Ledger.Domain.Actors;
using Ledger.Domain.Events;
using Ledger.Integrity;
using Ledger.Integrity.Merkle;
using Ledger.Store.Log;

namespace Ledger.Exports.Releases;

/// <summary>An event with its leaf: the bytes that the log commits to, as they are exported. Immutable and thread-safe.</summary>
internal sealed class ExportedEvent
{
    /// <summary>Takes a row as it was read.</summary>
    /// <exception cref="FormatException">The row does not hold what a leaf needs.</exception>
    /// <exception cref="System.Text.Json.JsonException">The data is not of an event that this build knows.</exception>
    public ExportedEvent(StoredEvent stored)
    {
        (Sequence, Version, Stream, Type, At) = (stored.Sequence, stored.Version, stored.Stream, stored.Type, stored.At);
        Actor = stored.Actor();
        Leaf = stored.Leaf();
        LeafHash = MerkleHash.Leaf(Leaf.Span);
        Event = stored.Recorded<LedgerEvent>().Event;
    }

    public long Sequence { get; }

    public long LeafIndex => Sequence - 1;

    public long Version { get; }

    public string Stream { get; }

    public string Type { get; }

    public DateTimeOffset At { get; }

    public Actor Actor { get; }

    public LedgerEvent Event { get; }

    public ReadOnlyMemory<byte> Leaf { get; }

    public Hash LeafHash { get; }

    public EventReference Reference => new(Sequence, Version);

    /// <summary>The event at its place, for folding.</summary>
    public Recorded<TEvent> Recorded<TEvent>()
        where TEvent : LedgerEvent => new(Sequence, Version, At, Actor, (TEvent)Event);
}
