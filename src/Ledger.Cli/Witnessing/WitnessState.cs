using System.Globalization;
using System.Text;
using Ledger.Integrity;
using Ledger.Integrity.Notes;

namespace Ledger.Cli.Witnessing;

/// <summary>
/// What a witness cosigned last, one file a log, on the disk before anybody is told of it (C2SP tlog-witness, "add-checkpoint": the check and
/// the update are one step). One process owns the folder.
/// </summary>
internal sealed class WitnessState : IDisposable
{
    private const int MaxFileBytes = 64 * 1024;
    private readonly string _folder;
    private readonly FileStream _lock;

    private WitnessState(string folder, FileStream held) => (_folder, _lock) = (folder, held);

    /// <summary>Takes the folder, which is made where it is not there.</summary>
    public static Result<WitnessState> Open(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return new WitnessState(folder, new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Failure.Unknown("state_unavailable", $"{folder} cannot be used: another witness has it, or it cannot be written to", "one witness has one folder");
        }
    }

    /// <summary>The latest tree of <paramref name="origin"/>; that of none where there was never one.</summary>
    /// <exception cref="InvalidDataException">The file does not say: a witness that forgot must not go on.</exception>
    public WitnessedTree Latest(string origin)
    {
        var file = FileOf(origin);
        if (!File.Exists(file)) return WitnessedTree.None;
        if (new FileInfo(file).Length <= MaxFileBytes
            && File.ReadAllText(file).Split('\n') is [var named, var size, var root, ""] && named == origin
            && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var leaves) && Hash.TryParseBase64(root, out var hash))
            return new WitnessedTree(leaves, hash);
        throw new InvalidDataException($"{file} does not say which tree of {origin} was cosigned last");
    }

    /// <summary>Remembers a tree; it is on the disk when this returns.</summary>
    /// <exception cref="IOException">It is not; the file is as it was.</exception>
    public void Remember(string origin, WitnessedTree tree) => OutputFile.Replace(
        FileOf(origin), stream => stream.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{origin}\n{tree.Size}\n{tree.Root.ToBase64()}\n"))));

    public void Dispose() => _lock.Dispose();

    private string FileOf(string origin) => Path.Combine(_folder, Hash.Sha256(Encoding.UTF8.GetBytes(origin)).ToString()[..32] + ".tree");
}
