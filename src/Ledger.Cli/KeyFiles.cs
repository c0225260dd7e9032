using System.Text;
using Ledger.Integrity.Keys;

namespace Ledger.Cli;

/// <summary>Writes a new key: PKCS#8 PEM for its owner alone (0600), and SPKI PEM beside it. Nothing that is there is ever written over.</summary>
internal static class KeyFiles
{
    /// <summary>What the public key's file adds to the private key's.</summary>
    public const string PublicSuffix = ".pub";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode EveryoneReads = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Writes both files, or neither; null when both are written.</summary>
    public static Failure? Write(string path, SigningKey key)
    {
        string[] paths = [path, path + PublicSuffix];
        if (Array.Find(paths, Path.Exists) is { } taken) return Taken(taken);
        var written = new List<string>();
        try
        {
            WriteNew(path, key.ExportPkcs8Pem(), OwnerOnly, written);
            WriteNew(path + PublicSuffix, key.PublicKey.ExportSpkiPem(), EveryoneReads, written);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            written.ForEach(File.Delete);
            return exception is DirectoryNotFoundException
                ? Failure.Usage("folder_missing", $"there is no folder {Path.GetDirectoryName(path)}")
                : Failure.Unknown("file_unwritable", $"the key cannot be written to {path}", "check that you may write there");
        }
    }

    private static void WriteNew(string path, string pem, UnixFileMode mode, List<string> written)
    {
        // Created with its mode: there is no moment when others could open it.
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = mode;
        using var stream = new FileStream(path, options);
        written.Add(path);
        stream.Write(Encoding.ASCII.GetBytes(pem + "\n"));
        stream.Flush(flushToDisk: true);
    }

    private static Failure Taken(string path) => Failure.Refused("file_exists", $"{path} is there already", "a key is never written over; choose another name");
}
