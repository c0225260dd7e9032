namespace Ledger.Store.Embedded;

/// <summary>Files and directories with modes that do not depend on the caller's umask.</summary>
internal static class PrivateFiles
{
    private const UnixFileMode OwnerOnlyFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerOnlyDirectory = OwnerOnlyFile | UnixFileMode.UserExecute;
    private const UnixFileMode Enterable = OwnerOnlyDirectory | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private const UnixFileMode Readable = OwnerOnlyFile | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Makes a directory (0700) that only its owner can use; one that is there stays as it is.</summary>
    public static void MakeDirectory(string path) => Make(path, OwnerOnlyDirectory);

    /// <summary>Makes a directory (0711) that others can pass through but not list; one that is there stays as it is.</summary>
    public static void MakeEnterableDirectory(string path) => Make(path, Enterable);

    /// <summary>Replaces a file, whole or not at all, that only its owner can read (0600).</summary>
    public static void WriteSecret(string path, string content) => Replace(path, content, OwnerOnlyFile);

    /// <summary>Replaces a file, whole or not at all, that everybody can read (0644).</summary>
    public static void Write(string path, string content) => Replace(path, content, Readable);

    /// <summary>Opens a file that nobody else has open in this way, now or until it is closed (flock); makes it (0600) if it is missing.</summary>
    public static FileStream OpenExclusively(string path)
    {
        ThrowOnWindows();
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnlyFile;
        return new FileStream(path, options);
    }

    private static void Make(string path, UnixFileMode mode)
    {
        ThrowOnWindows();
        if (Directory.Exists(path)) return;
        if (!OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path, mode);
            File.SetUnixFileMode(path, mode);
        }
    }

    private static void Replace(string path, string content, UnixFileMode mode)
    {
        ThrowOnWindows();
        var temporary = path + ".new";
        File.Delete(temporary);
        if (!OperatingSystem.IsWindows())
        {
            using var file = new FileStream(
                temporary, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnlyFile });
            file.Write(System.Text.Encoding.UTF8.GetBytes(content));
            File.SetUnixFileMode(file.SafeFileHandle, mode);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    private static void ThrowOnWindows()
    {
        if (OperatingSystem.IsWindows()) throw new PlatformNotSupportedException("the embedded PostgreSQL needs Linux or another Unix; give the ledger a connection string instead");
    }
}
