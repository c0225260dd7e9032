using System.Text;

namespace Ledger.Store.Log;

/// <summary>
/// The newest checkpoint this server signed and committed, kept outside the database: a database that was set back to an earlier state
/// does not agree with it. It is written before anybody is told of the checkpoint. Thread-safe.
/// </summary>
public sealed class CheckpointFile : IDisposable
{
    // One write of this size is not torn by a killed process; the rest of the block is line feeds.
    private const int BlockBytes = 2048;

    private readonly FileStream _file;
    private readonly Lock _lock = new();
    private long _size;
    private readonly byte[] _block = new byte[BlockBytes];

    /// <summary>Opens or makes the file.</summary>
    /// <param name="path">Readable and writable by the server alone.</param>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public CheckpointFile(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.Read, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        _file = new FileStream(path, options);
    }

    /// <summary>What was kept last, or null where nothing was.</summary>
    public string? Read()
    {
        lock (_lock)
        {
            var bytes = new byte[BlockBytes];
            var length = RandomAccess.Read(_file.SafeFileHandle, bytes, 0);
            var text = Encoding.UTF8.GetString(bytes, 0, length).TrimEnd('\n');
            return text.Length == 0 ? null : text + "\n";
        }
    }

    /// <summary>Keeps <paramref name="checkpoint"/>, unless one of a larger tree is kept already.</summary>
    /// <param name="size">The size of the tree it is of.</param>
    /// <param name="checkpoint">The signed note.</param>
    public void Write(long size, string checkpoint)
    {
        lock (_lock)
        {
            if (size <= _size) return;
            _size = size;
            _block.AsSpan().Fill((byte)'\n');
            Encoding.UTF8.GetBytes(checkpoint, _block);
            RandomAccess.Write(_file.SafeFileHandle, _block, 0);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
