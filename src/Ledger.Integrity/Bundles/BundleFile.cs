namespace Ledger.Integrity.Bundles;

/// <summary>A file of a bundle, as its manifest names it.</summary>
/// <param name="Path">Its name in the archive.</param>
/// <param name="Size">Its length in bytes.</param>
/// <param name="Sha256">The digest of its bytes.</param>
public sealed record BundleFile(string Path, long Size, Hash Sha256);
