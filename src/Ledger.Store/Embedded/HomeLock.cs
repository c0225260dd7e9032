using System.Globalization;

namespace Ledger.Store.Embedded;

/// <summary>
/// One living server per cluster. The lock is the kernel's (flock): it ends with the process, however that ends, so it is never stale.
/// The process id stands in a file beside it, because a locked file cannot be read.
/// </summary>
internal sealed class HomeLock : IDisposable
{
    private const int WouldBlock = 11; // EAGAIN, errno(3)

    private readonly FileStream _file;
    private readonly string _holder;

    private HomeLock(FileStream file, string holder) => (_file, _holder) = (file, holder);

    /// <summary>Takes the lock.</summary>
    /// <exception cref="EmbeddedPostgresException">Another server, which is named, holds it; or the directory cannot be written.</exception>
    public static HomeLock Take(ClusterHome home)
    {
        try
        {
            var file = PrivateFiles.OpenExclusively(home.Lock);
            PrivateFiles.Write(home.LockHolder, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new HomeLock(file, home.LockHolder);
        }
        catch (IOException locked) when (locked.HResult == WouldBlock)
        {
            throw new EmbeddedPostgresException(
                EmbeddedPostgresFailure.AlreadyRunning, $"{home.DataDirectory} is in use by {HolderOf(home)}", "stop that server, or name another data directory", locked);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            throw new EmbeddedPostgresException(
                EmbeddedPostgresFailure.DirectoryNotUsable, $"the data directory {home.DataDirectory} cannot be used: {broken.Message}",
                "run the ledger as the user it was first run as, or name another data directory", broken);
        }
    }

    public void Dispose()
    {
        File.Delete(_holder);
        _file.Dispose();
    }

    private static string HolderOf(ClusterHome home)
    {
        try
        {
            var processId = int.Parse(File.ReadAllText(home.LockHolder), CultureInfo.InvariantCulture);
            return processId == Environment.ProcessId ? $"this very process ({processId})" : $"process {processId}";
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or FormatException)
        {
            return "another process";
        }
    }
}
