namespace Ledger.Cli;

/// <summary>Reads the files that commands are given. A size limit holds before anything is read, whatever the file claims to be.</summary>
internal static class InputFile
{
    /// <summary>The name that stands for standard input.</summary>
    public const string Standard = "-";

    /// <summary>Reads all of <paramref name="path"/>.</summary>
    /// <param name="here">Where relative paths start, and standard input.</param>
    /// <param name="path">A file, or <see cref="Standard"/>.</param>
    /// <param name="maxBytes">The most it may hold; one byte more is a refusal.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<Result<byte[]>> ReadAsync(Surroundings here, string path, int maxBytes, CancellationToken cancellationToken)
    {
        var full = path == Standard ? path : here.Resolve(path);
        if (Directory.Exists(full)) return Failure.Usage("file_is_folder", $"{path} is a folder, not a file");
        try
        {
            var stream = path == Standard ? here.OpenInput() : new FileStream(full, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            await using (stream.ConfigureAwait(false))
            {
                // A pipe has no length to ask for, and a file may grow: what is read counts.
                return stream.CanSeek && stream.Length > maxBytes
                    ? TooLarge(path, maxBytes)
                    : await ReadAsync(stream, path, maxBytes, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return Failure.Usage("file_missing", $"there is no file {path}", "check the path; a report on standard input is named -");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Failure.Unknown("file_unreadable", $"{path} cannot be read", "check that you may read it");
        }
    }

    private static async Task<Result<byte[]>> ReadAsync(Stream stream, string path, int maxBytes, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream(stream.CanSeek ? (int)stream.Length : 0);
        var buffer = new byte[64 * 1024];
        while (await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read)
        {
            if (bytes.Length + read > maxBytes) return TooLarge(path, maxBytes);
            bytes.Write(buffer, 0, read);
        }

        return bytes.ToArray();
    }

    private static Failure TooLarge(string path, int maxBytes) => Failure.Refused(
        "file_too_large", $"{path} has more than {maxBytes} bytes, which is the limit", "have the tool report only what the policy asks for");
}
