using System.Runtime.InteropServices;
using System.Text.Json;
using Ledger.Domain.Events;
using Ledger.Domain.Releases;
using Ledger.Integrity;
using Ledger.Integrity.Bundles;
using Ledger.Integrity.Leaves;
using Ledger.Integrity.Merkle;

namespace Ledger.Verifier.Bundles;

/// <summary>
/// Goes through the leaves of a period: each is an event of it, or shown to be something else, or stated to be something else. Between two
/// leaves of a stream none may be missing, so an event that is kept back within a stream is found even where it may be hidden.
/// </summary>
internal sealed class PeriodLeaves(OpenedBundle bundle, Population population)
{
    private const int MaxOtherBytes = EventLeaf.MaxLeafBytes + 256;

    private readonly Dictionary<string, (long Version, Hash Leaf)> _heads = new(StringComparer.Ordinal);
    private readonly HashSet<string> _releases = new(StringComparer.Ordinal);
    private DateTimeOffset _last = population.From;

    public long Events { get; private set; }

    public long Others { get; private set; }

    /// <summary>The other leaves of which nothing is shown.</summary>
    public long Hidden { get; private set; }

    public long Releases => _releases.Count;

    public Fault? Check()
    {
        using var events = new Lines(bundle.Stream(BundlePath.Events), EventLeaf.MaxLeafBytes);
        using var others = new Lines(bundle.Stream(BundlePath.Others), MaxOtherBytes);
        var index = population.First;
        var fault = Next(others, index, out var other);
        foreach (var leaf in LeafHashes.Read(bundle.Stream(BundlePath.Leaves)))
        {
            if (fault is not null) return fault;
            if (other?.LeafIndex == index)
            {
                fault = OfTheOther(other, leaf, others.Number) ?? Next(others, index + 1, out other);
            }
            else if (!events.More())
            {
                return new Fault(events.Error ?? $"leaf {index} is of the period, and no event is there for it", BundlePath.Events, $"line {events.Number + (events.Error is null ? 1 : 0)}");
            }
            else
            {
                fault = OfTheEvent(events.Current, leaf, events.Number);
            }

            index++;
        }

        if (fault is not null) return fault;
        if (other is not null) return new Fault($"leaf {other.LeafIndex} is not of the period", BundlePath.Others, $"line {others.Number}");
        return events.More() || events.Error is not null ? new Fault("the event is not one of the period's leaves", BundlePath.Events, $"line {events.Number}") : null;
    }

    private static Fault? Next(Lines others, long atLeast, out OtherLeaf? other)
    {
        other = null;
        if (!others.More()) return others.Error is { } error ? new Fault(error, BundlePath.Others, $"line {others.Number}") : null;
        var line = others.Current;
        other = Untrusted.Read(() => JsonSerializer.Deserialize(line.Span, BundleJson.Default.OtherLeaf), out _);
        return other is not null && other.LeafIndex >= atLeast && other.Leaf is null == other.Stream is not null && other.Stream is null == other.Type is null
            ? null
            : new Fault("it does not name a leaf after the one before it", BundlePath.Others, $"line {others.Number}");
    }

    private Fault? OfTheEvent(ReadOnlyMemory<byte> line, in Hash leaf, long number)
    {
        var fault = Follow(line, leaf, BundlePath.Events, number, out var content);
        if (fault is not null) return fault;
        Events++;
        if (population.Service != Population.EveryService && !StreamScope.Covers(content!.Stream, [population.Service]))
            return new Fault($"'{content.Stream}' is not of '{population.Service}'", BundlePath.Events, $"line {number}");
        if (ReleaseId.FromStreamKey(content!.Stream) is not null) _releases.Add(content.Stream);
        return null;
    }

    private Fault? OfTheOther(OtherLeaf other, in Hash leaf, long number)
    {
        Others++;
        var stream = other.Stream;
        if (other.Leaf is { } shown)
        {
            var fault = Follow(JsonMarshal.GetRawUtf8Value(shown).ToArray(), leaf, BundlePath.Others, number, out var content);
            if (fault is not null) return fault;
            stream = content!.Stream;
        }
        else
        {
            Hidden++;
        }

        return population.Service == Population.EveryService || ReleaseId.FromStreamKey(stream!)?.Service == population.Service
            ? new Fault($"'{stream}' belongs to what the bundle is about, and is not among its events", BundlePath.Others, $"line {number}")
            : null;
    }

    private Fault? Follow(ReadOnlyMemory<byte> bytes, in Hash leaf, string file, long number, out LeafContent? content)
    {
        content = null;
        if (MerkleHash.Leaf(bytes.Span) != leaf) return new Fault("it is not the leaf that the log has there", file, $"line {number}");
        if (!LeafContent.TryParse(bytes, out content, out var error)) return new Fault(error, file, $"line {number}");
        if (content.Time < _last || content.Time >= population.To) return new Fault("its time is not one of the period, or before that of the leaf before it", file, $"line {number}");
        _last = content.Time;

        // The first one of a stream may have others before the period.
        var known = _heads.TryGetValue(content.Stream, out var head);
        if ((known && (content.Version != head.Version + 1 || content.Prev != head.Leaf)) || (content.Version == 1) != content.Prev is null || (!known && content.Version < 1))
            return new Fault($"version {content.Version} of '{content.Stream}' does not follow the one before it", file, $"line {number}");
        _heads[content.Stream] = (content.Version, leaf);
        return null;
    }
}
