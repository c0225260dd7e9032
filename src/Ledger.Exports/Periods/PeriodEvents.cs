using Ledger.Integrity.Merkle;
using Ledger.Store;
using Ledger.Store.Log;

namespace Ledger.Exports.Periods;

/// <summary>Writes a period's events, one canonical leaf a line (NDJSON), in the order of the log.</summary>
internal static class PeriodEvents
{
    /// <exception cref="InvalidDataException">A row is not what was sealed: the export ends there, and is of no use.</exception>
    public static async Task WriteAsync(LedgerStore store, ExportPeriod period, PeriodLeaves leaves, Stream output, CancellationToken cancellation)
    {
        var block = new BlockWriter(output);
        await foreach (var (_, leaf) in ReadAsync(store, leaves, period.Services, cancellation).ConfigureAwait(false))
        {
            var room = block.Buffer.GetSpan(leaf.Length + 1);
            leaf.Span.CopyTo(room);
            room[leaf.Length] = (byte)'\n';
            block.Buffer.Advance(leaf.Length + 1);
            await block.AdvanceAsync(cancellation).ConfigureAwait(false);
        }

        await block.FlushAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>The events with their leaves, each held against the sealed one.</summary>
    public static async IAsyncEnumerable<(StoredEvent Event, ReadOnlyMemory<byte> Leaf)> ReadAsync(
        LedgerStore store, PeriodLeaves leaves, IReadOnlyCollection<string>? services, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var @sealed = new SealedLeaves(store.Log, leaves.First, leaves.End);
        await foreach (var stored in store.Periods.EventsAsync(leaves.FirstSequence, leaves.LastSequence, services, cancellation).ConfigureAwait(false))
        {
            var leaf = stored.Leaf();
            if (MerkleHash.Leaf(leaf) != await @sealed.AtAsync(stored.Sequence - 1).ConfigureAwait(false)) throw new InvalidDataException($"event {stored.Sequence} is not what was sealed");
            yield return (stored, leaf);
        }
    }
}
