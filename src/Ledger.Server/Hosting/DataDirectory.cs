using System.Security.Cryptography;
using Ledger.Domain.Log;

namespace Ledger.Server.Hosting;

/// <summary>
/// Where the server keeps what is not in the database. Only its own user can look into it; others can pass through, because PostgreSQL, which
/// root must run as another user, has its folder below.
/// </summary>
internal sealed class DataDirectory
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public DataDirectory(string path)
    {
        Root = Path.GetFullPath(path);
        Make(Root, UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
    }

    public string Root { get; }

    public string Postgres => Path.Combine(Root, "postgres");

    public string Checkpoint => Path.Combine(Root, "checkpoint");

    public string LogKey => Path.Combine(Make(Path.Combine(Root, "keys")), "log.key");

    public string Tokens => Make(Path.Combine(Root, "tokens"));

    /// <summary>The log's name: as it was first made.</summary>
    /// <param name="isSandbox">Whether one that is made now is a sandbox's.</param>
    public string Origin(bool isSandbox)
    {
        var file = Path.Combine(Root, "origin");
        if (!File.Exists(file)) WriteSecret(file, $"{(isSandbox ? Sandbox.Prefix : "")}ledger.local/{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}\n");
        return File.ReadAllText(file).Trim();
    }

    /// <summary>Writes a file that only the server's user can read, whole or not at all.</summary>
    public static void WriteSecret(string path, string text)
    {
        var temporary = $"{path}.new";
        File.Delete(temporary);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        using (var writer = new StreamWriter(temporary, options))
        {
            writer.Write(text);
            writer.Flush();
            ((FileStream)writer.BaseStream).Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    private static string Make(string directory, UnixFileMode others = UnixFileMode.None)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(directory);
        else Directory.CreateDirectory(directory, OwnerOnly | UnixFileMode.UserExecute | others);
        return directory;
    }
}
