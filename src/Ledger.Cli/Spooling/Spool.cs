using System.Globalization;
using System.Text.Json;

namespace Ledger.Cli.Spooling;

/// <summary>
/// Commands that wait for their server in a folder, one file each, in the order they were given. A number is given out once; each is
/// delivered, set aside under <c>aside/</c>, or told to be missing. Nothing is ever dropped silently.
/// </summary>
internal sealed class Spool
{
    private const int MaxFileBytes = 64 * 1024 * 1024;
    private const string Suffix = ".command";

    // ENOSPC and EDQUOT, as .NET gives the system's own numbers.
    private const int NoSpace = 28;
    private const int QuotaExceeded = 122;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private Spool(string folder) => Folder = folder;

    public string Folder { get; }

    private string Aside => Path.Combine(Folder, "aside");

    private string StateFile => Path.Combine(Folder, "spool.json");

    /// <summary>Opens the spool in <paramref name="folder"/>, and makes it where it is not there.</summary>
    public static Result<Spool> Make(string folder) => Guard(folder, () =>
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        return new Spool(folder);
    });

    /// <summary>Opens a spool that is there.</summary>
    public static Result<Spool> Find(string folder) =>
        Directory.Exists(folder) ? new Spool(folder) : Failure.Usage("folder_missing", $"there is no folder {folder}", "name the folder that was given as --spool");

    /// <summary>How far it is.</summary>
    public Result<SpoolState> State() => Guard(Folder, ReadState);

    /// <summary>Keeps a command, durably, under the next number.</summary>
    public async Task<Result<SpooledCommand>> KeepAsync(SpooledCommand command, CancellationToken cancellationToken)
    {
        try
        {
            using var held = await FolderLock.TakeAsync(Folder, cancellationToken).ConfigureAwait(false);
            return Guard(Folder, () =>
            {
                var state = ReadState();
                var kept = (command with { Number = state.Last + 1 }).Sealed();

                // The file first: a number that was given out without one would be told as missing.
                Write(FileOf(kept.Number), kept.ToFile());
                Write(state with { Last = kept.Number });
                return kept;
            });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Unwritable(Folder, exception);
        }
    }

    /// <summary>Takes the right to deliver; null where somebody is delivering. Commands may be kept meanwhile.</summary>
    public FileStream? TryBeginFlush() => FolderLock.TryTake(Folder, "flush.lock");

    /// <summary>The command of that number: null where its file is gone, or, with <paramref name="damaged"/>, where it is not whole.</summary>
    public SpooledCommand? Read(long number, out bool damaged)
    {
        damaged = false;
        var file = FileOf(number);
        if (!File.Exists(file)) return null;
        var command = new FileInfo(file).Length <= MaxFileBytes ? SpooledCommand.FromFile(File.ReadAllBytes(file), number) : null;
        damaged = command is null;
        return command;
    }

    /// <summary>Notes that a number is done with, and removes its file, which is delivered.</summary>
    public Task SettleAsync(long number, CancellationToken cancellationToken) => SettleAsync(number, isMissing: false, cancellationToken);

    /// <summary>Notes that a number has no file.</summary>
    public Task MissAsync(long number, CancellationToken cancellationToken) => SettleAsync(number, isMissing: true, cancellationToken);

    /// <summary>Sets a command aside with why, and notes that its number is done with.</summary>
    public async Task SetAsideAsync(AsideNote note, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Aside);
        Write(Path.Combine(Aside, Name(note.Number) + ".reason.json"), JsonSerializer.SerializeToUtf8Bytes(note, SpoolJson.Default.AsideNote));
        File.Move(FileOf(note.Number), Path.Combine(Aside, Name(note.Number) + Suffix), overwrite: true);
        DirectorySync.Flush(Aside);
        await SettleAsync(note.Number, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether a number was set aside already, by a flush that ended before it could note so.</summary>
    public bool IsAside(long number) => File.Exists(Path.Combine(Aside, Name(number) + Suffix));

    /// <summary>What was set aside, in order.</summary>
    private IReadOnlyList<AsideNote> SetAside() => !Directory.Exists(Aside) ? [] : [.. Directory.EnumerateFiles(Aside, "*.reason.json").Order(StringComparer.Ordinal).Select(ReadNote)];

    /// <summary>The gaps that nobody has answered for: what was set aside, and what is missing.</summary>
    public Result<SpoolGaps> Gaps(SpoolState state) => Guard(Folder, () => new SpoolGaps(
        [.. SetAside().Where(note => !state.IsAccepted(note.Number))], [.. state.Missing.Where(number => !state.IsAccepted(number))]));

    /// <summary>Notes, durably, that somebody answered for gaps. What lies aside stays there.</summary>
    public async Task<Result<SpoolState>> AcceptAsync(IReadOnlyList<AcceptedGap> gaps, CancellationToken cancellationToken)
    {
        try
        {
            using var held = await FolderLock.TakeAsync(Folder, cancellationToken).ConfigureAwait(false);
            return Guard(Folder, () =>
            {
                var state = ReadState();
                var accepted = state with { Accepted = [.. state.Accepted ?? [], .. gaps.Where(gap => !state.IsAccepted(gap.Number))] };
                Write(accepted);
                return accepted;
            });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Unwritable(Folder, exception);
        }
    }

    /// <summary>What a failure to use the folder comes to.</summary>
    public static Failure Unwritable(string folder, Exception exception) =>
        Failure.Unknown("spool_unwritable", $"the spool in {folder} cannot be used: {Reason(exception)}", "check that you may read and write there, and that there is room");

    // A path that the system's message may name is the folder's, which is named already.
    private static string Reason(Exception exception) => exception switch
    {
        IOException { HResult: NoSpace or QuotaExceeded or OutputFile.FileTooLong } => "there is no room left for it",
        UnauthorizedAccessException => "you may not write there",
        _ => exception.Message.Split('\n')[0],
    };

    private async Task SettleAsync(long number, bool isMissing, CancellationToken cancellationToken)
    {
        using var held = await FolderLock.TakeAsync(Folder, cancellationToken).ConfigureAwait(false);
        var state = ReadState();
        Write(state with { Settled = number, Missing = isMissing ? [.. state.Missing, number] : state.Missing });
        File.Delete(FileOf(number));
    }

    // Without the file that says how far it is, everything that lies there is open; what was lost before the first cannot be told then.
    private SpoolState ReadState()
    {
        var numbers = Directory.EnumerateFiles(Folder, "*" + Suffix).Select(file => long.TryParse(Path.GetFileNameWithoutExtension(file), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).Where(number => number > 0).ToList();
        if (!File.Exists(StateFile)) return numbers.Count == 0 ? new SpoolState(0, 0, []) : new SpoolState(numbers.Max(), numbers.Min() - 1, []);
        var state = JsonSerializer.Deserialize(File.ReadAllBytes(StateFile), SpoolJson.Default.SpoolState) ?? throw new JsonException();
        return numbers.Count > 0 && numbers.Max() > state.Last ? state with { Last = numbers.Max() } : state;
    }

    private void Write(SpoolState state) => Write(StateFile, JsonSerializer.SerializeToUtf8Bytes(state, SpoolJson.Default.SpoolState));

    private static void Write(string file, byte[] content) => OutputFile.Replace(file, stream => stream.Write(content), OwnerOnly);

    private static AsideNote ReadNote(string file)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(file), SpoolJson.Default.AsideNote) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            return new AsideNote(0, "spool_damaged", $"{file} cannot be read");
        }
    }

    private string FileOf(long number) => Path.Combine(Folder, Name(number) + Suffix);

    private static string Name(long number) => number.ToString("D12", CultureInfo.InvariantCulture);

    private static Result<T> Guard<T>(string folder, Func<T> run)
        where T : notnull
    {
        try
        {
            return run();
        }
        catch (JsonException)
        {
            return Failure.Unknown("spool_unreadable", $"spool.json in {folder} does not say how far the spool is", "restore it; or delete it: what lies there is delivered then, but what was lost before cannot be told");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Unwritable(folder, exception);
        }
    }
}
