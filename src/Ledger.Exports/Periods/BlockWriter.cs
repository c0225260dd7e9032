using System.Buffers;

namespace Ledger.Exports.Periods;

/// <summary>Gathers what is written into blocks, so that memory is bounded and the stream is not called for every line. Not thread-safe; does not own the stream.</summary>
internal sealed class BlockWriter(Stream output)
{
    private const int BlockBytes = 131_072;

    private readonly ArrayBufferWriter<byte> _block = new(BlockBytes + 66_000);

    /// <summary>Where to write; call <see cref="AdvanceAsync"/> after each line.</summary>
    public IBufferWriter<byte> Buffer => _block;

    /// <summary>Hands the block on when it is full.</summary>
    public ValueTask AdvanceAsync(CancellationToken cancellation) => _block.WrittenCount < BlockBytes ? ValueTask.CompletedTask : FlushAsync(cancellation);

    /// <summary>Hands on what there is.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellation)
    {
        if (_block.WrittenCount > 0) await output.WriteAsync(_block.WrittenMemory, cancellation).ConfigureAwait(false);
        _block.ResetWrittenCount();
    }
}
