using Ledger.Integrity.Archives;
using Ledger.Integrity.Bundles;

namespace Ledger.Exports.Periods;

/// <summary>
/// The files of a bundle while it is made: on disk, because the manifest, which comes first, names the digest of each. Readable by nobody else, and
/// gone when this is disposed.
/// </summary>
internal sealed class SpooledFiles : IAsyncDisposable
{
    private readonly SortedDictionary<string, SpooledFile> _files = new(StringComparer.Ordinal);

    /// <summary>A new file; write to it, and then no more.</summary>
    public Stream Add(string path) => _files[path] = new SpooledFile();

    public void Add(string path, ReadOnlySpan<byte> bytes) => Add(path).Write(bytes);

    /// <summary>The files as a manifest names them.</summary>
    public IReadOnlyList<BundleFile> Listed => [.. _files.Select(file => new BundleFile(file.Key, file.Value.Content.Size, file.Value.Content.Sha256()))];

    /// <summary>The length of the archive of these files and a manifest, in bytes.</summary>
    public long ArchiveLength => ArchiveWriter.Length(_files.Select(file => file.Value.Content.Entry(file.Key)));

    /// <summary>Writes the archive: the manifest and every file.</summary>
    public async Task WriteAsync(Stream output, byte[] manifest, CancellationToken cancellation)
    {
        var archive = new ArchiveWriter(output);
        await archive.WriteAsync(BundleManifest.Path, manifest, cancellation).ConfigureAwait(false);
        foreach (var (path, file) in _files) await archive.WriteAsync(file.Content.Entry(path), file.Rewound(), cancellation).ConfigureAwait(false);
        await archive.FinishAsync(cancellation).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var file in _files.Values) await file.DisposeAsync().ConfigureAwait(false);
    }
}
