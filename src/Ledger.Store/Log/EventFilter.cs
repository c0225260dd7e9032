using Ledger.Domain.Events;
using Ledger.Store.Releases;

namespace Ledger.Store.Log;

/// <summary>Which events are looked for.</summary>
public sealed record EventFilter
{
    /// <summary>Only what those may see who may see these services: <see cref="StreamScope"/>. Null for all.</summary>
    public IReadOnlyList<string>? Services { get; init; }

    /// <summary>Only of this stream.</summary>
    public string? Stream { get; init; }

    /// <summary>Only of these kinds; empty for all.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>Only by this subject.</summary>
    public string? Actor { get; init; }

    /// <summary>Appended at this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Appended before this time.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>As the log was then; null for the present.</summary>
    public AsOf? AsOf { get; init; }

    /// <summary>Whether an event that was read is one of them, whenever it was appended.</summary>
    /// <exception cref="FormatException">The event names nobody who did it.</exception>
    public bool Accepts(StoredEvent stored) =>
        (Stream is null || stored.Stream == Stream)
        && (Types.Count == 0 || Types.Contains(stored.Type))
        && StreamScope.Covers(stored.Stream, Services)
        && (Actor is null || stored.Actor().Id == Actor);

    /// <summary>Whether places in the log alone say which events are meant.</summary>
    internal bool KeepsAll => Services is null && Stream is null && Types.Count == 0 && Actor is null;
}

/// <summary>A place that a page ends at.</summary>
/// <param name="Sequence">In the log, from 1.</param>
/// <param name="Version">In the stream, where the filter names one; else 0.</param>
public sealed record EventPlace(long Sequence, long Version);

/// <summary>Some events.</summary>
/// <param name="Events">In the order that was asked for.</param>
/// <param name="Next">
/// Where the next page begins; null when there is none. Where a hundred million events were passed over, a page may hold fewer than were asked for and yet
/// have a next one.
/// </param>
public sealed record EventPage(IReadOnlyList<StoredEvent> Events, EventPlace? Next);
