namespace Ledger.Store.Embedded;

/// <summary>Why an embedded PostgreSQL cannot run.</summary>
public enum EmbeddedPostgresFailure
{
    /// <summary>No <c>postgres</c> and <c>initdb</c> of version 14 or later were found.</summary>
    BinariesNotFound,

    /// <summary>The data directory cannot be made, read or written, or holds something else.</summary>
    DirectoryNotUsable,

    /// <summary>Another living process holds the data directory.</summary>
    AlreadyRunning,

    /// <summary>The cluster was made by a major version of PostgreSQL that is not installed.</summary>
    VersionMismatch,

    /// <summary>The server runs as root and there is no other user to run PostgreSQL as.</summary>
    NoUnprivilegedUser,

    /// <summary>No space is left on the device.</summary>
    DiskFull,

    /// <summary>PostgreSQL ended, or was not ready in time; the message carries the last lines of its log.</summary>
    StartFailed,
}
