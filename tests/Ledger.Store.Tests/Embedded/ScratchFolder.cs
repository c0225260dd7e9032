namespace Ledger.Store.Tests.Embedded;

/// <summary>A folder among the temporary files that any user can pass through, gone when the test ends.</summary>
internal sealed class ScratchFolder : IDisposable
{
    public ScratchFolder()
    {
        Root = Directory.CreateTempSubdirectory("ledger-embedded-").FullName;
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Root, File.GetUnixFileMode(Root) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
    }

    /// <summary>The folder.</summary>
    public string Root { get; }

    /// <summary>A data directory in it, not made yet.</summary>
    public string Path => System.IO.Path.Combine(Root, "postgres");

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
