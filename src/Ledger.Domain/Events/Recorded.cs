using Ledger.Domain.Actors;

namespace Ledger.Domain.Events;

/// <summary>An event at its place in the log.</summary>
/// <param name="Sequence">Its place in the whole log, from 1 without gaps; its leaf index is one less.</param>
/// <param name="Version">Its place in its stream, from 1 without gaps.</param>
/// <param name="At">When the server appended it; never decreases along the log.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="Event">What happened.</param>
public sealed record Recorded<TEvent>(long Sequence, long Version, DateTimeOffset At, Actor Actor, TEvent Event)
    where TEvent : LedgerEvent;
