using Ledger.Integrity;
using Npgsql;

namespace Ledger.Store.Log.Audit;

/// <summary>Holds the small things against the tree: the head row, the idempotency keys, and the sequence that followers watch.</summary>
internal static class HeadAudit
{
    private const int SequenceTries = 20;
    private static readonly TimeSpan SequencePause = TimeSpan.FromMilliseconds(25);

    public static async Task CheckHeadAsync(NpgsqlConnection connection, long size, Hash root, ProblemList problems, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select size, root from ledger_head", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = 0;
        while (await reader.ReadAsync(cancellation))
        {
            rows++;
            if (reader.GetInt64(0) != size) problems.Add("head_differs", $"the head states {reader.GetInt64(0)} leaves; the seals have {size}");
            else if (!reader.GetFieldValue<byte[]>(1).AsSpan().SequenceEqual(root.Bytes)) problems.Add("head_differs", "the head states another root than the tree has");
        }

        if (rows != 1) problems.Add("head_differs", $"there are {rows} head rows, not one");
    }

    /// <summary>
    /// Every key names events that are there, and no event answers to two. Which key and which request it was, nothing else in the database
    /// tells: that cannot be checked.
    /// </summary>
    public static async Task CheckKeysAsync(NpgsqlConnection connection, long size, ProblemList problems, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select sequence, count from ledger_idempotency order by sequence", connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var next = 1L;
        while (await reader.ReadAsync(cancellation))
        {
            var (sequence, count) = (reader.GetInt64(0), reader.GetInt32(1));
            if (sequence < 1 || count < 1 || sequence > size || count > size - sequence + 1) problems.Add("key_dangling", $"an idempotency key names {count} events from sequence {sequence} on, which are not there");
            else if (sequence < next) problems.Add("key_overlaps", $"two idempotency keys answer with the event at sequence {sequence}");
            else next = sequence + count;
        }
    }

    /// <summary>
    /// The sequence's last value is the head's size, or followers would miss events. It is moved a moment before its commit is seen, so a log
    /// that is being written to is looked at several times; a log that grew all the while is taken as sound when the sequence is not behind.
    /// </summary>
    public static async Task CheckSequenceAsync(NpgsqlConnection connection, ProblemList problems, CancellationToken cancellation)
    {
        var first = await ReadSequenceAsync(connection, cancellation);
        var now = first;
        for (var i = 0; i < SequenceTries && now.Last > now.Size; i++)
        {
            await Task.Delay(SequencePause, cancellation);
            now = await ReadSequenceAsync(connection, cancellation);
        }

        if (now.Last < now.Size || (now.Last > now.Size && now.Size == first.Size))
            problems.Add("sequence_differs", $"mt_events_sequence stands at {now.Last}; the head states {now.Size} leaves");
    }

    private static async Task<(long Size, long Last)> ReadSequenceAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "select coalesce((select max(size) from ledger_head), 0), case when is_called then last_value else last_value - 1 end from mt_events_sequence", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? (reader.GetInt64(0), reader.GetInt64(1)) : throw new InvalidDataException("the sequence mt_events_sequence has no row");
    }
}
