using System.Collections;
using Ledger.Domain.ExternalEvents;

namespace Ledger.Store.Projections;

/// <summary>
/// The projection <c>ledger_event_places</c>, by which few events among many are found: which of a block's events are of a kind, of an actor, of a service.
/// Here a block is gathered, event by event, for the write path and for the audit alike. Not thread-safe.
/// </summary>
internal sealed class EventPlaces
{
    /// <summary>How many events a block has.</summary>
    public const int BlockEvents = 1024;

    private readonly Dictionary<(string Kind, string Value), BitArray> _rows = [];
    private long _block = -1;
    private int _count;

    /// <summary>Forgets what was gathered.</summary>
    public void Clear() => (_block, _count) = (-1, 0);

    /// <summary>Takes an event; the block, where the event fills it and all of its events were taken, else null.</summary>
    /// <param name="sequence">Its place in the log, from 1.</param>
    /// <param name="stream">Its stream.</param>
    /// <param name="type">Its kind.</param>
    /// <param name="actor">Who did it.</param>
    public EventBlock? Add(long sequence, string stream, string type, string actor)
    {
        var (block, place) = Math.DivRem(sequence - 1, BlockEvents);
        if (block != _block)
        {
            (_block, _count) = (block, 0);
            _rows.Clear();
        }

        Mark("all", "", (int)place);
        Mark("type", type, (int)place);
        Mark("actor", actor, (int)place);
        Mark("service", ServiceOf(stream), (int)place);
        return ++_count == BlockEvents ? new EventBlock(block, _rows.ToDictionary()) : null;
    }

    /// <summary>The service whose release a stream is of; empty where it is everybody's, a star where it may be of any. As <c>ledger_service_of</c> says it.</summary>
    private static string ServiceOf(string stream)
    {
        const string Prefix = "release/";
        if (Inbox.IsStream(stream)) return "*";
        if (!stream.StartsWith(Prefix, StringComparison.Ordinal)) return "";
        var end = stream.IndexOf('/', Prefix.Length);
        return end < 0 ? stream[Prefix.Length..] : stream[Prefix.Length..end];
    }

    private void Mark(string kind, string value, int place)
    {
        if (!_rows.TryGetValue((kind, value), out var places)) _rows.Add((kind, value), places = new BitArray(BlockEvents));
        places[place] = true;
    }
}

/// <summary>The rows of a full block.</summary>
/// <param name="Block">Which, from 0.</param>
/// <param name="Rows">The places in it of the events that have each thing.</param>
internal sealed record EventBlock(long Block, IReadOnlyDictionary<(string Kind, string Value), BitArray> Rows);
