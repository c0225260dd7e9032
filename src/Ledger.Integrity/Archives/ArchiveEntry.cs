namespace Ledger.Integrity.Archives;

/// <summary>A file of an archive.</summary>
/// <param name="Path">Its name, as <see cref="ArchivePath"/> allows.</param>
/// <param name="Size">Its length in bytes; 0 to <see cref="ArchiveWriter.MaxBytes"/>.</param>
/// <param name="Crc32">Its CRC-32.</param>
public sealed record ArchiveEntry(string Path, long Size, uint Crc32)
{
    /// <summary>Where its local header stands, from the archive's beginning.</summary>
    internal long Offset { get; init; }

    /// <summary>Where its bytes begin.</summary>
    internal long DataOffset => Offset + ArchiveFormat.LocalHeaderLength + Path.Length;

    internal long End => DataOffset + Size;
}
