using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ledger.Integrity;
using Npgsql;

namespace Ledger.Store.Log.Audit;

/// <summary>Reads the whole log once, in order, a section at a time: whatever the tables hold, no more than a section is in memory.</summary>
internal sealed class LogScan(NpgsqlConnection connection)
{
    private const int SectionLeaves = 2048;

    private const string Seals =
        """
        select size, leaves, root, checkpoint from ledger_seals
        where size > $1 and size <= greatest($2, (select min(size) from ledger_seals where size > $1)) order by size
        """;

    // Columns that have one value in every row are compared where they are.
    private const string Rows =
        """
        select seq_id, id, stream_id, version, type, timestamp, data, headers, mt_dotnet_type,
               case when bdata is not null then 'bdata'
                    when tenant_id is distinct from '*DEFAULT*' then 'tenant_id'
                    when correlation_id is not null then 'correlation_id'
                    when causation_id is not null then 'causation_id'
                    when is_archived is distinct from false then 'is_archived' end
        from mt_events where seq_id > $1 and seq_id <= $2 order by seq_id limit $3
        """;

    public async IAsyncEnumerable<LogSection> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var covered = 0L;
        await foreach (var section in UnsealedAsync(long.MinValue, 0, isFollowed: false, cancellation)) yield return section;
        for (var seals = await ReadSealsAsync(0, cancellation); seals.Count > 0; seals = await ReadSealsAsync(seals[^1].Size, cancellation))
        {
            var together = new List<SealRow>();
            var from = covered;
            foreach (var seal in seals)
            {
                if (seal.Before > covered)
                {
                    // A seal is missing: its events stand alone.
                    if (together.Count > 0) yield return new LogSection([.. together], await ReadRowsAsync(from, covered, long.MaxValue, cancellation), IsFollowed: true);
                    together.Clear();
                    await foreach (var section in UnsealedAsync(covered, seal.Before, isFollowed: true, cancellation)) yield return section;
                    from = seal.Before;
                }

                together.Add(seal);
                covered = seal.Size;
            }

            yield return new LogSection(together, await ReadRowsAsync(from, covered, long.MaxValue, cancellation), IsFollowed: true);
        }

        await foreach (var section in UnsealedAsync(covered, long.MaxValue, isFollowed: false, cancellation)) yield return section;
    }

    private async IAsyncEnumerable<LogSection> UnsealedAsync(long after, long to, bool isFollowed, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var rows = await ReadRowsAsync(after, to, SectionLeaves, cancellation); rows.Count > 0; rows = await ReadRowsAsync(rows[^1].Sequence, to, SectionLeaves, cancellation))
            yield return new LogSection([], rows, isFollowed);
    }

    private async Task<List<SealRow>> ReadSealsAsync(long after, CancellationToken cancellation)
    {
        await using var command = Command(Seals, after, after > long.MaxValue - SectionLeaves ? long.MaxValue : after + SectionLeaves);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var seals = new List<SealRow>();
        while (await reader.ReadAsync(cancellation))
        {
            var leaves = MemoryMarshal.Cast<byte, Hash>(reader.GetFieldValue<byte[]>(1)).ToArray();
            seals.Add(new SealRow(reader.GetInt64(0), leaves, reader.GetFieldValue<byte[]>(2), reader.GetString(3)));
        }

        return seals;
    }

    private async Task<List<AuditedRow>> ReadRowsAsync(long after, long to, long limit, CancellationToken cancellation)
    {
        await using var command = Command(Rows, after, to, limit);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<AuditedRow>();
        while (await reader.ReadAsync(cancellation)) rows.Add(Row(reader));
        return rows;
    }

    private static AuditedRow Row(NpgsqlDataReader reader)
    {
        var sequence = reader.GetInt64(0);
        try
        {
            return new AuditedRow
            {
                Sequence = sequence,
                Id = reader.GetGuid(1),
                Stream = reader.GetString(2),
                Version = reader.GetInt64(3),
                Type = reader.GetString(4),
                Microseconds = reader.GetFieldValue<long>(5),
                Data = reader.GetFieldValue<byte[]>(6),
                Headers = reader.GetFieldValue<byte[]>(7),
                DotNetType = reader.IsDBNull(8) ? null : reader.GetString(8),
                OddColumn = reader.IsDBNull(9) ? null : reader.GetString(9),
            };
        }
        catch (Exception exception) when (exception is InvalidCastException or ArgumentException or FormatException or OverflowException)
        {
            return new AuditedRow { Sequence = sequence, Unreadable = exception.Message };
        }
    }

    private NpgsqlCommand Command(string sql, params ReadOnlySpan<long> parameters)
    {
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        foreach (var parameter in parameters) command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = parameter });
        return command;
    }
}
