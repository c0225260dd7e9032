namespace Ledger.Cli;

/// <summary>Writes files that are whole or not there: into a file beside the target, onto the disk, and then under its name.</summary>
internal static class OutputFile
{
    /// <summary>EFBIG, as the system numbers it.</summary>
    public const int FileTooLong = 27;

    /// <summary>Replaces <paramref name="path"/> by what <paramref name="write"/> writes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes it.</param>
    /// <param name="mode">Who may do what with it, where that is not left to the process.</param>
    /// <exception cref="IOException">It cannot be written; <paramref name="path"/> is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">As above.</exception>
    public static void Replace(string path, Action<Stream> write, UnixFileMode? mode = null)
    {
        var temporary = Beside(path);
        try
        {
            // Created with its mode: there is no moment when others could open it.
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = mode;
            using (var stream = new FileStream(temporary, options))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            Publish(temporary, path);
        }
        catch (Exception exception)
        {
            File.Delete(temporary);

            // What .NET makes of EFBIG: a file may not grow as long as that here.
            if (exception is ArgumentOutOfRangeException) throw new IOException("no file may grow that long there", FileTooLong);
            throw;
        }
    }

    /// <summary>Replaces <paramref name="path"/> by what <paramref name="write"/> writes, unless that comes to a failure.</summary>
    /// <inheritdoc cref="Replace"/>
    public static async Task<Result<T>> ReplaceAsync<T>(string path, Func<Stream, Task<Result<T>>> write)
        where T : notnull
    {
        var temporary = Beside(path);
        try
        {
            var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 64 * 1024, FileOptions.Asynchronous);
            await using (stream.ConfigureAwait(false))
            {
                var written = await write(stream).ConfigureAwait(false);
                if (!written.TryGet(out _, out _)) return written;
                stream.Flush(flushToDisk: true);
                await stream.DisposeAsync().ConfigureAwait(false);
                Publish(temporary, path);
                return written;
            }
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Why nothing can be written to <paramref name="path"/>, as far as that can be known before; null when nothing is in the way.</summary>
    public static Failure? Check(string path) =>
        Directory.Exists(path) ? Failure.Usage("file_is_folder", $"{path} is a folder, not a file")
        : Directory.Exists(Path.GetDirectoryName(path)) ? null
        : Failure.Usage("folder_missing", $"there is no folder {Path.GetDirectoryName(path)}");

    /// <summary>What a failure to write comes to.</summary>
    public static Failure Unwritable(string path) => Failure.Unknown("file_unwritable", $"{path} cannot be written", "check that you may write there, and that there is room");

    private static void Publish(string temporary, string path)
    {
        File.Move(temporary, path, overwrite: true);
        DirectorySync.Flush(Path.GetDirectoryName(path)!);
    }

    // Of a name of its own: two commands at once do not write into each other's.
    private static string Beside(string path) => $"{path}.{Environment.ProcessId}-{Path.GetRandomFileName()}.new";
}
