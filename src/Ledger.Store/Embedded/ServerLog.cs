namespace Ledger.Store.Embedded;

/// <summary>PostgreSQL's log: files of at most 10 MB in the cluster's <c>log</c>, of which the newest ten are kept.</summary>
internal static class ServerLog
{
    /// <summary>Names that sort by time (strftime, UTC).</summary>
    public const string FileNames = "postgresql-%Y%m%d-%H%M%S.log";

    /// <summary>When PostgreSQL goes on to the next file.</summary>
    public const string FileSize = "10MB";

    private const int FilesMax = 10;
    private const int TailBytesMax = 16 * 1024;

    /// <summary>The last lines of the newest file; empty when there is none.</summary>
    public static IReadOnlyList<string> Tail(string directory, int lines)
    {
        try
        {
            // Never through a link: PostgreSQL's user owns the directory, and we may be root.
            if (Newest(directory).FirstOrDefault() is not { LinkTarget: null } newest) return [];
            using var file = newest.OpenRead();
            file.Seek(-Math.Min(file.Length, TailBytesMax), SeekOrigin.End);
            using var reader = new StreamReader(file);
            return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(lines)];
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Removes all but the newest files.</summary>
    public static void Prune(string directory)
    {
        try
        {
            foreach (var old in Newest(directory).Skip(FilesMax)) old.Delete();
        }
        catch (Exception busy) when (busy is IOException or UnauthorizedAccessException)
        {
            // The next turn removes them.
        }
    }

    private static IEnumerable<FileInfo> Newest(string directory) =>
        Directory.Exists(directory) ? new DirectoryInfo(directory).GetFiles("postgresql-*.log").OrderByDescending(file => file.Name, StringComparer.Ordinal) : [];
}
