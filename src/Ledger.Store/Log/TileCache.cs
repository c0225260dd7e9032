using Npgsql;

namespace Ledger.Store.Log;

/// <summary>
/// The full tiles, which never change once they are there: those read last stay in memory, up to 32 MiB, which holds every tile of a log of
/// a million leaves. Thread-safe.
/// </summary>
internal sealed class TileCache(NpgsqlDataSource database)
{
    private const int Capacity = 4096;

    private readonly BoundedMemo<(int Level, long Index), byte[]> _tiles = new(Capacity);

    /// <summary>The 256 hashes of a tile that the stored tree has.</summary>
    /// <exception cref="InvalidDataException">The tile is missing.</exception>
    public async ValueTask<byte[]> ReadAsync(int level, long index, CancellationToken cancellation)
    {
        if (_tiles.TryGet((level, index), out var known)) return known;
        await using var command = database.CreateCommand("select hashes from ledger_tiles where level = $1 and index = $2");
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)level });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = index });
        var hashes = (byte[]?)await command.ExecuteScalarAsync(cancellation) ?? throw new InvalidDataException($"tile {index} of level {level} is missing");
        Keep(new TileRow(level, index, hashes));
        return hashes;
    }

    /// <summary>Reads those of the tiles that are not in memory, in one statement.</summary>
    public async ValueTask PrepareAsync(IReadOnlyCollection<(int Level, long Index)> tiles, CancellationToken cancellation)
    {
        (int Level, long Index)[] missing = [.. tiles.Where(tile => !_tiles.Has(tile)).Take(Capacity / 2)];
        if (missing.Length < 2) return;
        await using var command = database.CreateCommand(
            "select t.level, t.index, t.hashes from ledger_tiles t join unnest($1, $2) as w (level, index) on t.level = w.level and t.index = w.index");
        command.Parameters.Add(new NpgsqlParameter<short[]> { TypedValue = [.. missing.Select(tile => (short)tile.Level)] });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. missing.Select(tile => tile.Index)] });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) Keep(new TileRow(reader.GetInt16(0), reader.GetInt64(1), reader.GetFieldValue<byte[]>(2)));
    }

    /// <summary>Keeps a tile that somebody else read, or saw fill.</summary>
    public void Keep(TileRow tile) => _tiles.Keep((tile.Level, tile.Index), tile.Hashes, 1);
}
