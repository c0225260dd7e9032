using System.Globalization;
using System.Runtime.InteropServices;
using Ledger.Integrity;
using Npgsql;

namespace Ledger.Store.Log.Audit;

/// <summary>
/// Reads the whole log once, in order, a section at a time, and examines each row as it comes: whatever the tables hold, no more than two
/// sections are in memory.
/// </summary>
internal sealed class LogScan(NpgsqlConnection connection)
{
    private const int SectionLeaves = 2048;

    private const string Seals =
        """
        select size, leaves, root, checkpoint from ledger_seals
        where size > $1 and size <= greatest($2, (select min(size) from ledger_seals where size > $1)) order by size
        """;

    private readonly RowExaminer _examiner = new();

    // One batch is read into while the rows of the other are followed.
    private readonly RowBatch[] _batches = [new(RowExaminer.ColumnCount), new(RowExaminer.ColumnCount)];
    private int _next;

    /// <summary>Reads section by section. It blocks: an asynchronous read for each row costs more than the row.</summary>
    /// <param name="cancellation">Gives up, between two reads.</param>
    public IEnumerable<LogSection> Read(CancellationToken cancellation)
    {
        var covered = 0L;
        foreach (var section in Unsealed(long.MinValue, 0, isFollowed: false, cancellation)) yield return section;
        for (var seals = ReadSeals(0); seals.Count > 0; seals = ReadSeals(seals[^1].Size))
        {
            var together = new List<SealRow>();
            var from = covered;
            foreach (var seal in seals)
            {
                if (seal.Before > covered)
                {
                    // A seal is missing: its events stand alone.
                    if (together.Count > 0) yield return new LogSection([.. together], ReadRows(from, covered, long.MaxValue, cancellation), IsFollowed: true);
                    together.Clear();
                    foreach (var section in Unsealed(covered, seal.Before, isFollowed: true, cancellation)) yield return section;
                    from = seal.Before;
                }

                together.Add(seal);
                covered = seal.Size;
            }

            yield return new LogSection(together, ReadRows(from, covered, long.MaxValue, cancellation), IsFollowed: true);
        }

        foreach (var section in Unsealed(covered, long.MaxValue, isFollowed: false, cancellation)) yield return section;
    }

    private IEnumerable<LogSection> Unsealed(long after, long to, bool isFollowed, CancellationToken cancellation)
    {
        for (var rows = ReadRows(after, to, SectionLeaves, cancellation); rows.Count > 0; rows = ReadRows(rows[^1].Sequence, to, SectionLeaves, cancellation))
            yield return new LogSection([], rows, isFollowed);
    }

    private List<SealRow> ReadSeals(long after)
    {
        using var command = Command(Seals, after, after > long.MaxValue - SectionLeaves ? long.MaxValue : after + SectionLeaves);
        using var reader = command.ExecuteReader();
        var seals = new List<SealRow>();
        while (reader.Read())
        {
            var leaves = MemoryMarshal.Cast<byte, Hash>(reader.GetFieldValue<byte[]>(1)).ToArray();
            seals.Add(new SealRow(reader.GetInt64(0), leaves, reader.GetFieldValue<byte[]>(2), reader.GetString(3)));
        }

        return seals;
    }

    // COPY takes no parameters; a range of numbers needs none.
    private ArraySegment<AuditedRow> ReadRows(long after, long to, long limit, CancellationToken cancellation)
    {
        var copy = string.Create(
            CultureInfo.InvariantCulture,
            $"copy (select {RowExaminer.Columns} from mt_events where seq_id > '{after}'::bigint and seq_id <= '{to}'::bigint order by seq_id limit {limit}) to stdout (format binary)");
        using var rows = connection.BeginRawBinaryCopy(copy);
        rows.ReadTimeout = Timeout.Infinite;
        var filled = _batches[_next].Fill(rows, _examiner.Examine, cancellation);
        if (filled.Count > 0) _next = 1 - _next;
        return filled;
    }

    private NpgsqlCommand Command(string sql, params ReadOnlySpan<long> parameters)
    {
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        foreach (var parameter in parameters) command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = parameter });
        return command;
    }
}
