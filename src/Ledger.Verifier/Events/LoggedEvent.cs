using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Ledger.Domain;
using Ledger.Domain.Actors;
using Ledger.Domain.Events;
using Ledger.Integrity;
using Ledger.Integrity.Leaves;
using Ledger.Integrity.Merkle;

namespace Ledger.Verifier.Events;

/// <summary>
/// An event at its place in the log, read from its leaf and from nothing else: what is verified is what the log commits to. Whether it
/// is in the log is for an inclusion proof of <see cref="LeafHash"/> to say. Immutable and thread-safe.
/// </summary>
public sealed class LoggedEvent
{
    private readonly LeafContent _content;

    private LoggedEvent(long sequence, ReadOnlyMemory<byte> leaf, LeafContent content, Actor actor) =>
        (Sequence, Leaf, LeafHash, _content, Actor) = (sequence, leaf, MerkleHash.Leaf(leaf.Span), content, actor);

    /// <summary>Its place in the log, from 1.</summary>
    public long Sequence { get; }

    /// <summary>Its place among the leaves, from 0.</summary>
    public long LeafIndex => Sequence - 1;

    /// <summary>The canonical leaf.</summary>
    public ReadOnlyMemory<byte> Leaf { get; }

    /// <summary>The hash of the leaf (RFC 6962 §2.1).</summary>
    public Hash LeafHash { get; }

    /// <summary>The key of its stream.</summary>
    public string Stream => _content.Stream;

    /// <summary>Its place in its stream.</summary>
    public long Version => _content.Version;

    /// <summary>Its name.</summary>
    public string Type => _content.Type;

    /// <summary>When it was appended.</summary>
    public DateTimeOffset At => _content.Time;

    /// <summary>Who did it.</summary>
    public Actor Actor { get; }

    /// <summary>The leaf hash of the stream's previous event; null for the first.</summary>
    public Hash? Prev => _content.Prev;

    /// <summary>The event's data: canonical JSON.</summary>
    public ReadOnlyMemory<byte> Data => _content.Data;

    /// <summary>Reads an event from its leaf.</summary>
    /// <param name="sequence">The place that it is said to have, from 1.</param>
    /// <param name="leaf">The canonical leaf; kept without a copy.</param>
    /// <param name="event">The event; null when the answer is false.</param>
    /// <param name="error">What is wrong; null when the answer is true.</param>
    public static bool TryRead(long sequence, ReadOnlyMemory<byte> leaf, [NotNullWhen(true)] out LoggedEvent? @event, [NotNullWhen(false)] out string? error)
    {
        @event = null;
        if (sequence < 1) error = "a place in the log is 1 or more";
        else if (LeafContent.TryParse(leaf, out var content, out error)) error = Read(sequence, leaf, content, out @event);
        return error is null;
    }

    /// <summary>The event itself.</summary>
    /// <exception cref="JsonException">There is no event of that name, or the data is not its.</exception>
    public LedgerEvent Open() => EventJson.Read(Type, Data.Span);

    /// <summary>The event itself at its place, for folding.</summary>
    /// <exception cref="JsonException">There is no such event in the hierarchy, or the data is not its.</exception>
    public Recorded<TEvent> Recorded<TEvent>()
        where TEvent : LedgerEvent =>
        Open() is TEvent @event ? new(Sequence, Version, At, Actor, @event) : throw new JsonException($"'{Type}' is no event of '{Stream}'");

    private static string? Read(long sequence, ReadOnlyMemory<byte> leaf, LeafContent content, out LoggedEvent? @event)
    {
        @event = null;
        try
        {
            var actor = JsonSerializer.Deserialize(content.Actor.Span, DomainJson.Default.Actor);
            if (actor is null) return "the leaf names no actor";
            @event = new LoggedEvent(sequence, leaf, content, actor);
            return null;
        }
        catch (JsonException)
        {
            return "the leaf names no actor";
        }
    }
}
