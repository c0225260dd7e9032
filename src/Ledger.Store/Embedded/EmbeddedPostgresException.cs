using System.ComponentModel;

namespace Ledger.Store.Embedded;

/// <summary>An embedded PostgreSQL cannot run; says why, and in <see cref="Hint"/> what to do about it.</summary>
public sealed class EmbeddedPostgresException : Exception
{
    private const int NoSpaceLeft = 28; // ENOSPC, errno(3)
    private const int QuotaExceeded = 122; // EDQUOT
    private const string DiskFullHint = "free space on the file system that holds the data directory, then start again";

    // The two errors' words, and PostgreSQL's hint after a write that was cut short (md.c, mdextend).
    private static readonly string[] DiskFullSigns = ["No space left on device", "Disk quota exceeded", "Check free disk space"];

    /// <summary>Makes the exception.</summary>
    public EmbeddedPostgresException(EmbeddedPostgresFailure failure, string message, string? hint = null, Exception? innerException = null)
        : base(message, innerException) => (Failure, Hint) = (failure, hint);

    /// <summary>What kind of failure it is.</summary>
    public EmbeddedPostgresFailure Failure { get; }

    /// <summary>What the operator can do, where that is known.</summary>
    public string? Hint { get; }

    /// <summary>A failed start, told apart by what PostgreSQL wrote.</summary>
    internal static EmbeddedPostgresException FromOutput(string what, string output) =>
        DiskFullSigns.Any(sign => output.Contains(sign, StringComparison.Ordinal))
            ? new(EmbeddedPostgresFailure.DiskFull, $"{what}: the disk is full\n{output}", DiskFullHint)
            : new(EmbeddedPostgresFailure.StartFailed, $"{what}\n{output}");

    /// <summary>A failure of the operating system's.</summary>
    internal static EmbeddedPostgresException FromSystem(string what, Exception cause) =>
        cause is IOException { HResult: NoSpaceLeft or QuotaExceeded }
            ? new(EmbeddedPostgresFailure.DiskFull, $"{what}: the disk is full", DiskFullHint, cause)
            : new(
                cause is Win32Exception ? EmbeddedPostgresFailure.StartFailed : EmbeddedPostgresFailure.DirectoryNotUsable, $"{what}: {cause.Message}", innerException: cause);
}
