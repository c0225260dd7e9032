using System.Buffers;

namespace Ledger.Verifier.Bundles;

/// <summary>Reads lines, each ended by one newline, in bounded memory.</summary>
internal sealed class Lines(Stream input, int maxBytes) : IDisposable
{
    private const int ChunkBytes = 65_536;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(ChunkBytes);
    private int _start;
    private int _end;

    /// <summary>The number of the last line that was read, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>The next line without its newline, valid until the next call; <see cref="More"/> says whether there is one.</summary>
    public ReadOnlyMemory<byte> Current { get; private set; }

    /// <summary>Why there are no more lines, where that is not the end of the file.</summary>
    public string? Error { get; private set; }

    /// <summary>Goes on to the next line.</summary>
    /// <returns>False at the end, and where a line is too long or the last one has no end: see <see cref="Error"/>.</returns>
    public bool More()
    {
        while (true)
        {
            var newline = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                Current = _buffer.AsMemory(_start, newline);
                _start += newline + 1;
                if (newline > maxBytes) return Stop($"the line is longer than {maxBytes} bytes");
                Number++;
                return true;
            }

            if (_end - _start > maxBytes) return Stop($"the line is longer than {maxBytes} bytes");
            if (Fill() == 0) return _end != _start && Stop("the last line has no end");
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private int Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.AsSpan(0, _end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        var read = input.Read(_buffer.AsSpan(_end));
        _end += read;
        return read;
    }

    private bool Stop(string error)
    {
        Error = error;
        Number++;
        return false;
    }
}
