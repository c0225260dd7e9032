using Ledger.Integrity;
using Ledger.Store.Log;

namespace Ledger.Exports.Periods;

/// <summary>The leaf hashes of a period as they were sealed, read along as its rows are, so that no row is exported that is not what was sealed.</summary>
internal sealed class SealedLeaves(LogReads log, long first, long end) : IAsyncDisposable
{
    private readonly IAsyncEnumerator<ReadOnlyMemory<byte>> _tiles = log.LeafHashesAsync(first, end).GetAsyncEnumerator();
    private long _from = first;
    private long _to = first;

    /// <summary>The hash of the leaf at an index, which is not before one that was asked for.</summary>
    /// <exception cref="InvalidDataException">There is no such leaf.</exception>
    public ValueTask<Hash> AtAsync(long leafIndex) => leafIndex < _to ? new(Here(leafIndex)) : NextAsync(leafIndex);

    public ValueTask DisposeAsync() => _tiles.DisposeAsync();

    private async ValueTask<Hash> NextAsync(long leafIndex)
    {
        while (leafIndex >= _to)
        {
            if (!await _tiles.MoveNextAsync().ConfigureAwait(false)) throw new InvalidDataException($"leaf {leafIndex} is not in the tree");
            (_from, _to) = (_to, _to + (_tiles.Current.Length / Hash.Size));
        }

        return Here(leafIndex);
    }

    private Hash Here(long leafIndex) => new(_tiles.Current.Span.Slice((int)(leafIndex - _from) * Hash.Size, Hash.Size));
}
