using System.Text;
using System.Text.Json;
using Ledger.Integrity;
using Ledger.Integrity.Notes;

namespace Ledger.Cli.Pins;

/// <summary>
/// The pins in <c>pins/</c> of the state folder, one file a log. A file is replaced whole and only under a lock, and only where it still is
/// what was decided upon: of several commands at once none takes another's pin back.
/// </summary>
internal sealed class PinStore
{
    private const int MaxFileBytes = 64 * 1024;
    private const int MaxAddresses = 64;
    private const string Suffix = ".pin";

    private readonly string _folder;

    private PinStore(string folder) => _folder = folder;

    /// <summary>The store; null where there is no place that pins can be kept in.</summary>
    public static PinStore? Open(Surroundings here)
    {
        if (StateFolder.Find(here) is not { } state) return null;
        var folder = Path.Combine(state, "pins");
        try
        {
            Directory.CreateDirectory(folder);
            return new PinStore(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The store, where there is one already.</summary>
    public static PinStore? OpenExisting(Surroundings here) => StateFolder.Find(here) is { } state && Path.Combine(state, "pins") is var folder && Directory.Exists(folder) ? new PinStore(folder) : null;

    /// <summary>The file of the log called <paramref name="origin"/>, whether it is there or not. An origin can be any text: its hash is a file's name.</summary>
    public string FileOf(string origin) => Path.Combine(_folder, Hash.Sha256(Encoding.UTF8.GetBytes(origin)).ToString()[..32] + Suffix);

    /// <summary>Every pin, in the order of origins.</summary>
    public Result<List<Pin>> All()
    {
        var pins = new List<Pin>();
        foreach (var file in Directory.EnumerateFiles(_folder, "*" + Suffix))
        {
            if (!Read(file).TryGet(out var pin, out var failure)) return failure;
            if (pin.Pin is { } found) pins.Add(found);
        }

        pins.Sort((one, other) => string.CompareOrdinal(one.Origin, other.Origin));
        return pins;
    }

    /// <summary>The pin of the log called <paramref name="origin"/>.</summary>
    public Result<Found> Of(string origin) => Read(FileOf(origin));

    /// <summary>Replaces a pin, unless it is not <paramref name="seen"/> any more.</summary>
    /// <param name="seen">What was there when it was decided; null for nothing.</param>
    /// <param name="next">What is there from now on.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False when something else is there: then it is decided again.</returns>
    public async Task<Result<Replaced>> ReplaceAsync(Pin? seen, Pin next, CancellationToken cancellationToken)
    {
        var file = FileOf(next.Origin);
        try
        {
            using var held = await FolderLock.TakeAsync(_folder, cancellationToken).ConfigureAwait(false);
            if (!Read(file).TryGet(out var now, out var failure)) return failure;
            if (seen is null ? now.Pin is not null : !seen.IsSame(now.Pin)) return new Replaced(false);
            Write(file, JsonSerializer.SerializeToUtf8Bytes(Bounded(next).ToContent(), PinJson.Default.PinContent));
            return new Replaced(true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Failure.Unknown("pin_unwritable", $"the checkpoint of {next.Origin} cannot be remembered in {_folder}", "check that you may write there, or name another folder: LEDGER_STATE");
        }
    }

    /// <summary>Forgets the logs that answered at <paramref name="address"/>.</summary>
    public async Task<Failure?> ForgetAsync(string address, CancellationToken cancellationToken)
    {
        try
        {
            using var held = await FolderLock.TakeAsync(_folder, cancellationToken).ConfigureAwait(false);
            if (!All().TryGet(out var pins, out var failure)) return failure;
            foreach (var pin in pins.Where(pin => pin.Addresses.Contains(address))) File.Delete(FileOf(pin.Origin));
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Failure.Unknown("pin_unwritable", $"what is pinned in {_folder} cannot be changed", "check that you may write there");
        }
    }

    /// <summary>Keeps a signed note that contradicts a pin beside it: the two together prove what the log did.</summary>
    /// <returns>The file; null where it cannot be written, which changes nothing about the contradiction.</returns>
    public string? KeepEvidence(Pin pin, string contradiction)
    {
        var file = Path.ChangeExtension(FileOf(pin.Origin), ".contradiction");
        try
        {
            Write(file, Encoding.UTF8.GetBytes(contradiction));
            return file;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // The newest addresses are the ones in use.
    private static Pin Bounded(Pin pin) => pin.Addresses.Count <= MaxAddresses ? pin : pin with { Addresses = [.. pin.Addresses.TakeLast(MaxAddresses)] };

    private static Result<Found> Read(string file)
    {
        try
        {
            if (!File.Exists(file)) return new Found(null);
            if (new FileInfo(file).Length <= MaxFileBytes
                && JsonSerializer.Deserialize(File.ReadAllBytes(file), PinJson.Default.PinContent) is { } content
                && VerifierKey.TryParse(content.LogKey, out var key, out _) && key.Name == content.Origin
                && Pin.Of(key, content.Checkpoint, content.Addresses, out _) is { } pin)
                return new Found(pin);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            // As below: what was pinned cannot be told.
        }

        return Failure.Unknown("pin_unreadable", $"{file} does not say what was pinned", "restore it; or, where you know the ledger to be good, delete it and pin anew: ledger checkpoint pin");
    }

    private static void Write(string file, byte[] content) => OutputFile.Replace(file, stream => stream.Write(content));

    /// <summary>What is pinned; null for nothing.</summary>
    internal readonly record struct Found(Pin? Pin);

    /// <summary>Whether it was replaced.</summary>
    internal readonly record struct Replaced(bool Done);
}
