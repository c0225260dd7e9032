using System.Globalization;

namespace Ledger.Store.Embedded;

/// <summary>What a postmaster says of itself in <c>postmaster.pid</c> (PostgreSQL's <c>miscadmin.h</c>, "LOCK_FILE_LINE_*").</summary>
/// <param name="ProcessId">Line 1.</param>
/// <param name="SocketDirectory">Line 5, or null if it has none.</param>
/// <param name="IsReady">Line 8: whether it accepts connections.</param>
internal sealed record PostmasterFile(int ProcessId, string? SocketDirectory, bool IsReady)
{
    /// <summary>The file's path.</summary>
    public static string PathIn(string cluster) => Path.Combine(cluster, "postmaster.pid");

    /// <summary>Reads the file; null when there is none or it is not whole yet.</summary>
    public static PostmasterFile? Read(string cluster)
    {
        try
        {
            var lines = File.ReadAllLines(PathIn(cluster));
            if (lines.Length == 0 || !int.TryParse(lines[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var processId)) return null;
            return new PostmasterFile(processId, lines.ElementAtOrDefault(4) is { Length: > 0 } directory ? directory : null, lines.ElementAtOrDefault(7)?.Trim() == "ready");
        }
        catch (IOException)
        {
            return null;
        }
    }
}
