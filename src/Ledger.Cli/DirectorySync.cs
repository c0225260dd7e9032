using System.Runtime.InteropServices;

namespace Ledger.Cli;

/// <summary>
/// Brings a folder's entries onto the disk: a file that was renamed into place is only there after a power failure when its folder was
/// flushed too (POSIX fsync, rationale). .NET has no way of its own to open a folder.
/// </summary>
internal static partial class DirectorySync
{
    private const int ReadOnly = 0;

    /// <summary>Flushes <paramref name="folder"/>. Nothing on Windows, where renaming is journalled.</summary>
    /// <exception cref="IOException">It cannot be flushed.</exception>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var handle = Open(folder, ReadOnly);
        if (handle < 0) throw Failed(folder);
        var flushed = Sync(handle);
        var failure = Failed(folder);
        _ = Close(handle);
        if (flushed != 0) throw failure;
    }

    private static IOException Failed(string folder) => new($"{folder} cannot be flushed: {Marshal.GetLastPInvokeErrorMessage()}");

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Sync(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int handle);
}
