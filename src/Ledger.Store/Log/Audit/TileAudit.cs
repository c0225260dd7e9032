using Ledger.Integrity;
using Npgsql;

namespace Ledger.Store.Log.Audit;

/// <summary>Holds <c>ledger_tiles</c> against the tree: every full tile of every level, and no other.</summary>
internal static class TileAudit
{
    public static async Task CheckAsync(
        NpgsqlConnection connection, IReadOnlyList<IReadOnlyList<Hash>> tiles, ProblemList problems, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select level, index, hashes from ledger_tiles order by level, index", connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var next = new long[tiles.Count];
        while (await reader.ReadAsync(cancellation))
        {
            var (level, index) = (reader.GetInt16(0), reader.GetInt64(1));
            if (level < 0 || level >= tiles.Count || index < next[level] || index >= tiles[level].Count)
            {
                problems.Add("tile_unexpected", $"there is a tile {index} of level {level}, which the tree does not have");
                continue;
            }

            for (; next[level] < index; next[level]++) Missing(level, next[level]);
            next[level]++;
            if (Hash.Sha256(reader.GetFieldValue<byte[]>(2)) != tiles[level][(int)index]) problems.Add("tile_differs", $"tile {index} of level {level} does not have the hashes of the tree");
        }

        for (var level = 0; level < tiles.Count; level++)
            for (; next[level] < tiles[level].Count; next[level]++) Missing(level, next[level]);

        void Missing(int level, long index) => problems.Add("tile_missing", $"tile {index} of level {level} is missing");
    }
}
