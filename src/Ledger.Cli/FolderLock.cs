namespace Ledger.Cli;

/// <summary>A lock on a folder, between processes: an advisory lock that ends with its process, whichever way that ends.</summary>
internal static class FolderLock
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    /// <summary>Waits for the lock and takes it; disposing of it lets it go.</summary>
    /// <exception cref="IOException">Somebody else kept it for too long, or the folder cannot be written to.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written to.</exception>
    public static async Task<FileStream> TakeAsync(string folder, CancellationToken cancellationToken)
    {
        var deadline = DateTime.UtcNow + LongestWait;
        while (true)
        {
            try
            {
                return Open(Path.Combine(folder, "lock"));
            }
            catch (IOException) when (DateTime.UtcNow < deadline)
            {
                await Task.Delay(10, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Takes a lock of that name, or answers null where somebody has it.</summary>
    public static FileStream? TryTake(string folder, string name)
    {
        try
        {
            return Open(Path.Combine(folder, name));
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static FileStream Open(string path) => new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
}
