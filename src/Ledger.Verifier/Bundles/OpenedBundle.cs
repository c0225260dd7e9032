using System.Text;
using Ledger.Integrity;
using Ledger.Integrity.Archives;
using Ledger.Integrity.Bundles;
using Ledger.Integrity.Notes;

namespace Ledger.Verifier.Bundles;

/// <summary>The steps that every bundle has: from the bytes of the archive to a checkpoint that the log signed.</summary>
internal sealed class OpenedBundle(BundleSteps steps, BundleTrust trust)
{
    private const int MaxKeyBytes = 1_024;

    private readonly Dictionary<string, BundleFile> _read = new(StringComparer.Ordinal);
    private ArchiveReader? _archive;

    public VerifierKey? LogKey { get; private set; }

    public BundleManifest? Manifest { get; private set; }

    public Checkpoint? Checkpoint { get; private set; }

    /// <summary>The files, once the container was found to be sound.</summary>
    public IReadOnlyList<ArchiveEntry> Entries => _archive!.Entries;

    public bool Open(Stream input) =>
        steps.Take(BundleCheck.Container, "the archive is exactly as the ledger writes it", () => Container(input))
        && TakeLogKey()
        && steps.Take(BundleCheck.Manifest, "the log signed the list of files", OfTheManifest)
        && steps.Take(BundleCheck.Files, $"each of {Manifest!.Files.Count} files has the digest that the log signed", OfTheFiles)
        && steps.Take(BundleCheck.Checkpoint, "the log signed the tree head", OfTheCheckpoint);

    public bool Has(string path) => _archive!.Find(path) is not null;

    /// <summary>The digest of a file, as it was read.</summary>
    public Hash Sha256(string path) => _read[path].Sha256;

    /// <summary>A file's bytes; null, with the fault, where it is not there or larger than <paramref name="maxBytes"/>.</summary>
    public byte[]? Read(string path, int maxBytes, out Fault? fault)
    {
        var entry = _archive!.Find(path);
        var bytes = entry is null ? null : _archive.Read(entry, maxBytes);
        fault = entry is null ? new Fault($"the bundle has no '{path}'", path)
            : bytes is null ? new Fault($"'{path}' has more than {maxBytes} bytes: it cannot be verified here", path, CannotTell: true)
            : null;
        return bytes;
    }

    /// <summary>A file as a stream; empty where it is not there.</summary>
    public Stream Stream(string path) => _archive!.Find(path) is { } entry ? _archive.Open(entry) : System.IO.Stream.Null;

    private Fault? Container(Stream input)
    {
        var opened = ArchiveReader.Open(input, out _archive, out var damaged);
        if (!opened.IsValid) return new Fault(opened.Reason, damaged, damaged is null ? "the archive itself" : "its header in the archive");
        if (_archive!.Entries.Count > BundleManifest.MaxFiles + 1) return new Fault($"the archive has more than {BundleManifest.MaxFiles} files besides its manifest");
        foreach (var entry in _archive.Entries)
        {
            var read = _archive.Check(entry, out var sha256);
            if (!read.IsValid) return new Fault(read.Reason, entry.Path);
            _read[entry.Path] = new BundleFile(entry.Path, entry.Size, sha256);
        }

        return _archive.Entries is [{ Path: BundleManifest.Path }, _, ..] ? null : new Fault("the first file is not the manifest", BundleManifest.Path);
    }

    private bool TakeLogKey()
    {
        var detail = trust.LogKey is null ? "verified under the key in the bundle, which was not checked against one that you trust" : "the key is the one that you trust";
        if (!steps.Take(BundleCheck.LogKey, detail, OfTheLogKey)) return false;
        LogKey = trust.LogKey ?? LogKey;
        return true;
    }

    private Fault? OfTheLogKey()
    {
        if (Read(BundlePath.LogKey, MaxKeyBytes, out var fault) is not { } bytes) return fault;
        var text = Encoding.UTF8.GetString(bytes);
        if (!text.EndsWith('\n') || !VerifierKey.TryParse(text[..^1], out var key, out var error)) return new Fault("the log's key is not one that can be used here", BundlePath.LogKey);
        LogKey = key;
        return trust.LogKey is null || trust.LogKey == key ? null : new Fault("the bundle's key is not the one that you trust", BundlePath.LogKey);
    }

    private Fault? OfTheManifest()
    {
        if (Read(BundleManifest.Path, Note.MaxBytes, out var fault) is not { } bytes) return fault;
        var verified = BundleManifest.Verify(bytes, LogKey!, out var manifest);
        Manifest = manifest;
        return verified.IsValid ? null : new Fault(verified.Reason, BundleManifest.Path);
    }

    private Fault? OfTheFiles()
    {
        var listed = Manifest!.Files.ToDictionary(file => file.Path, StringComparer.Ordinal);
        foreach (var entry in Entries.Skip(1))
        {
            if (!listed.Remove(entry.Path, out var file)) return new Fault($"the log's list has no '{entry.Path}'", entry.Path);
            if (file != _read[entry.Path]) return new Fault($"'{entry.Path}' is not the file that the log listed", entry.Path);
        }

        return listed.Count == 0 ? null : new Fault($"the log lists '{listed.Keys.First()}', and it is not there", listed.Keys.First());
    }

    private Fault? OfTheCheckpoint()
    {
        if (Read(BundlePath.Checkpoint, Note.MaxBytes, out var fault) is not { } bytes) return fault;
        var verified = Checkpoint.Verify(bytes, LogKey!.Name, LogKey, out var checkpoint);
        if (!verified.IsValid) return new Fault(verified.Reason, BundlePath.Checkpoint);
        Checkpoint = checkpoint;
        if (trust.Pin is not { } pin) return null;
        if (pin.Origin != checkpoint!.Origin) return new Fault($"the pinned checkpoint is of '{pin.Origin}', the bundle of '{checkpoint.Origin}'", BundlePath.Checkpoint);
        return pin.Size == checkpoint.Size && pin.Root != checkpoint.Root
            ? new Fault($"the log forked: it signed another tree of {pin.Size} leaves than the one that is pinned", BundlePath.Checkpoint)
            : null;
    }
}
