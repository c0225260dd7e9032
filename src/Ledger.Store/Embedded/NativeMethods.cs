using System.Runtime.InteropServices;

namespace Ledger.Store.Embedded;

/// <summary>What .NET lacks: signals. PostgreSQL's three ways to stop are three signals (PostgreSQL manual, 19.5 "Shutting Down the Server").</summary>
internal static class NativeMethods
{
    /// <summary>Fast shutdown: connections are ended, a checkpoint is written.</summary>
    public const int SigInt = 2;

    /// <summary>Immediate shutdown: the next start recovers.</summary>
    public const int SigQuit = 3;

    /// <summary>The last resort.</summary>
    public const int SigKill = 9;

    /// <summary>Sends a signal; a process that has just ended is no error.</summary>
    public static void Signal(int processId, int signal) => _ = Kill(processId, signal);

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}
