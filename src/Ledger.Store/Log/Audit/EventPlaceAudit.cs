using System.Collections;
using System.Security.Cryptography;
using System.Text;
using Ledger.Store.Projections;
using Npgsql;

namespace Ledger.Store.Log.Audit;

/// <summary>
/// Holds <c>ledger_event_places</c>, by which events are found, against the events: one that a page passes over is as good as hidden. Of each block of 1,024
/// events it keeps a digest.
/// </summary>
internal sealed class EventPlaceAudit(ProblemList problems)
{
    private const string Query = """select block, kind, value, places from ledger_event_places order by block, kind collate "C", value""";

    private readonly EventPlaces _places = new();
    private readonly Dictionary<long, byte[]> _digests = [];

    /// <summary>Takes the next event in the order of the log, whose leaf is the sealed one. A block of which one is missing cannot be told, and the event that is missing is a problem already.</summary>
    public void Follow(AuditedRow row)
    {
        if (row.Actor is not null && _places.Add(row.Sequence, row.Stream!, row.Type, row.Actor.Id) is { } block)
            _digests.Add(block.Block, DigestOf(block.Rows.OrderBy(entry => entry.Key.Kind, StringComparer.Ordinal).ThenBy(entry => Encoding.UTF8.GetBytes(entry.Key.Value), ByteOrder).Select(entry => (entry.Key.Kind, entry.Key.Value, entry.Value))));
    }

    /// <summary>Compares what is stored, once the log was followed.</summary>
    /// <param name="connection">Where it is read.</param>
    /// <param name="size">The number of events.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task CheckAsync(NpgsqlConnection connection, long size, CancellationToken cancellation)
    {
        await using var exists = new NpgsqlCommand("select to_regclass('ledger_event_places') is not null", connection);
        if (await exists.ExecuteScalarAsync(cancellation) is not true)
        {
            problems.Add("event_places_missing", "what events are found by is missing in the database");
            return;
        }

        await using var command = new NpgsqlCommand(Query, connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var (current, rows) = (-1L, new List<(string, string, BitArray)>());
        while (await reader.ReadAsync(cancellation))
        {
            var block = reader.GetInt64(0);
            if (block != current) Compare();
            current = block;
            rows.Add((reader.GetString(1), reader.GetString(2), reader.GetFieldValue<BitArray>(3)));
        }

        Compare();
        foreach (var block in _digests.Keys.Order()) problems.Add("event_places_missing", $"{Events(block)} cannot be found by what they are");

        void Compare()
        {
            if (rows.Count == 0) return;
            var isFull = (current + 1) * EventPlaces.BlockEvents <= size;
            if (_digests.Remove(current, out var expected) ? !expected.AsSpan().SequenceEqual(DigestOf(rows)) : !isFull)
                problems.Add("event_places_differ", $"{Events(current)} are found by what they are not, or not found by what they are");
            rows.Clear();
        }
    }

    private static readonly Comparer<byte[]> ByteOrder = Comparer<byte[]>.Create((left, right) => left.AsSpan().SequenceCompareTo(right));

    private static long First(long block) => (block * EventPlaces.BlockEvents) + 1;

    private static string Events(long block) => $"the events {First(block)} to {(block + 1) * EventPlaces.BlockEvents}";

    private static byte[] DigestOf(IEnumerable<(string Kind, string Value, BitArray Places)> rows)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var bits = new byte[EventPlaces.BlockEvents / 8];
        foreach (var (kind, value, places) in rows)
        {
            foreach (var text in new[] { kind, value })
            {
                var bytes = Encoding.UTF8.GetBytes(text);
                all.AppendData(BitConverter.GetBytes(bytes.Length));
                all.AppendData(bytes);
            }

            places.CopyTo(bits, 0);
            all.AppendData(bits);
        }

        return all.GetHashAndReset();
    }
}
