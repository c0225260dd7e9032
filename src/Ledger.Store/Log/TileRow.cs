namespace Ledger.Store.Log;

/// <summary>A full tile: 256 hashes of one level of the tree.</summary>
internal sealed record TileRow(int Level, long Index, byte[] Hashes);
