using Ledger.Integrity;
using Npgsql;

namespace Ledger.Store.Log;

/// <summary>Reads the tree's right edge from what is durable.</summary>
internal static class LogTree
{
    /// <summary>The edge of the whole stored tree, rebuilt from the full tiles and the seals after them.</summary>
    public static async Task<TreeEdge> LoadAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var size = await ScalarAsync<long>(connection, "select size from ledger_head", cancellation);
        var fullTo = size - (size % TreeEdge.TileWidth);

        var last = new List<Hash>();
        await foreach (var (sealedAt, leaves) in SealsAfterAsync(connection, fullTo, cancellation))
        {
            // The first seal may reach back into the last full tile.
            var first = sealedAt - leaves.Count;
            for (var i = 0; i < leaves.Count; i++)
                if (first + i >= fullTo && first + i < size) last.Add(leaves[i]);
        }

        if (last.Count != size - fullTo) throw new InvalidDataException($"the seals hold {last.Count} leaves after leaf {fullTo}; the head says {size - fullTo}");
        return await TreeEdge.RestoreAsync(size, (level, index) => ReadTileAsync(connection, level, index, cancellation), last);
    }

    /// <summary>Appends to <paramref name="edge"/> what was sealed since. Tiles that it fills are what is asked for next: <paramref name="tiles"/> keeps them.</summary>
    public static async Task CatchUpAsync(NpgsqlDataSource database, TreeEdge edge, TileCache? tiles, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await foreach (var (sealedAt, leaves) in SealsAfterAsync(connection, edge.Size, cancellation))
        {
            if (sealedAt - leaves.Count != edge.Size) throw new InvalidDataException($"no seal begins at leaf {edge.Size}");
            Append(edge, leaves, tiles);
        }
    }

    /// <summary>Appends a seal's leaves.</summary>
    public static void Append(TreeEdge edge, List<Hash> leaves, TileCache? tiles)
    {
        var filled = tiles is null ? null : new List<TileRow>();
        foreach (var leaf in leaves) edge.Append(leaf, filled);
        foreach (var tile in filled ?? []) tiles!.Keep(tile);
    }

    /// <summary>The size and root that the head row states.</summary>
    public static async Task<(long Size, Hash Root)> HeadAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select size, root from ledger_head");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? (reader.GetInt64(0), new Hash(reader.GetFieldValue<byte[]>(1)))
            : throw new InvalidDataException("the head row is missing");
    }

    private static async Task<byte[]> ReadTileAsync(NpgsqlConnection connection, int level, long index, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select hashes from ledger_tiles where level = $1 and index = $2", connection);
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)level });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = index });
        return (byte[]?)await command.ExecuteScalarAsync(cancellation) ?? throw new InvalidDataException($"tile {index} of level {level} is missing");
    }

    private static async IAsyncEnumerable<(long Size, List<Hash> Leaves)> SealsAfterAsync(
        NpgsqlConnection connection, long size, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select size, leaves from ledger_seals where size > $1 order by size", connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = size });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            yield return (reader.GetInt64(0), Leaves(reader.GetFieldValue<byte[]>(1)));
        }
    }

    /// <summary>The leaf hashes of a seal.</summary>
    public static List<Hash> Leaves(byte[] bytes)
    {
        var leaves = new List<Hash>(bytes.Length / Hash.Size);
        for (var at = 0; at < bytes.Length; at += Hash.Size) leaves.Add(new Hash(bytes.AsSpan(at, Hash.Size)));
        return leaves;
    }

    private static async Task<T> ScalarAsync<T>(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancellation) is T value ? value : throw new InvalidDataException($"'{sql}' has no answer");
    }
}
