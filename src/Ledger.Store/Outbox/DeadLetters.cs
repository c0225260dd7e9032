using Npgsql;
using static Ledger.Store.Outbox.OutboxTransaction;

namespace Ledger.Store.Outbox;

/// <summary>What was given up, trying it anew, and putting it away. Thread-safe.</summary>
/// <param name="database">Connections of the server's role.</param>
public sealed class DeadLetters(NpgsqlDataSource database)
{
    /// <summary>A receiver's dead letters in the order of the log, those after a place.</summary>
    /// <param name="receiver">Whose.</param>
    /// <param name="after">0 for the beginning; the sequence of the last of the page before.</param>
    /// <param name="limit">The most that are answered.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<IReadOnlyList<DeadLetter>> ListAsync(string receiver, long after, int limit, CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand(
            """
            select l.sequence, e.id, e.type, l.stream_id, l.attempts, l.first_attempt_at, l.last_attempt_at, l.status, l.problem, l.due_at is not null
            from ledger_outbox_dead_letters l join mt_events e on e.seq_id = l.sequence
            where l.receiver = $1 and l.sequence > $2 order by l.sequence limit $3
            """);
        command.Parameters.Add(Text(receiver));
        command.Parameters.Add(Number(after));
        command.Parameters.Add(Number(limit));
        var letters = new List<DeadLetter>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            letters.Add(new DeadLetter(
                reader.GetInt64(0), reader.GetGuid(1), reader.GetString(2), reader.GetString(3), reader.GetInt32(4), new DateTimeOffset(reader.GetDateTime(5)),
                new DateTimeOffset(reader.GetDateTime(6)), reader.IsDBNull(7) ? null : reader.GetInt32(7), reader.GetString(8), reader.GetBoolean(9)));
        }

        return letters;
    }

    /// <summary>Has dead letters tried anew, those of a stream in their order. One that is being tried already goes on as it is.</summary>
    /// <param name="receiver">Whose.</param>
    /// <param name="sequence">Which; null for all.</param>
    /// <param name="now">From when they are due.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>How many there are.</returns>
    public async Task<int> ReplayAsync(string receiver, long? sequence, DateTimeOffset now, CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand(
            """
            update ledger_outbox_dead_letters set due_at = coalesce(due_at, $3), round = case when due_at is null then 0 else round end
            where receiver = $1 and ($2::bigint is null or sequence = $2)
            """);
        command.Parameters.Add(Text(receiver));
        command.Parameters.Add(new NpgsqlParameter { Value = sequence is { } one ? one : DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint });
        command.Parameters.Add(Time(now));
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Puts a dead letter away: the receiver is not told of it any more, and a stream that waited for it goes on with its next event.</summary>
    /// <param name="receiver">Whose.</param>
    /// <param name="sequence">Which.</param>
    /// <param name="by">Who decided it.</param>
    /// <param name="reason">Why.</param>
    /// <param name="now">When.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>False where there is no such dead letter. The same once more is true again, and changes nothing.</returns>
    public async Task<bool> DiscardAsync(string receiver, long sequence, string by, string reason, DateTimeOffset now, CancellationToken cancellation = default)
    {
        // Whoever delivers shares the receiver's lock: so nothing of it is written meanwhile, and what is under way finds its letter gone.
        await using var batch = database.CreateBatch();
        Add("select from ledger_outbox_receivers where name = $1 for no key update", Text(receiver));
        Add(
            """
            with gone as (delete from ledger_outbox_dead_letters where receiver = $1 and sequence = $2 returning *)
            insert into ledger_outbox_discards (receiver, sequence, stream_id, attempts, last_attempt_at, problem, discarded_at, discarded_by, reason)
            select receiver, sequence, stream_id, attempts, last_attempt_at, problem, $3, $4, $5 from gone
            """,
            Text(receiver), Number(sequence), Time(now), Text(by), Text(reason));

        // Which events the receiver wants is looked at when the next one is due.
        Add(
            """
            with waiting as (
              select s.stream_id, e.version from ledger_outbox_streams s join mt_events e on e.seq_id = s.sequence
              where s.receiver = $1 and s.sequence = $2 and s.due_at is null
                and not exists (select from ledger_outbox_dead_letters l where l.receiver = $1 and l.sequence = $2)),
            next as (
              select e.seq_id from waiting w join ledger_outbox_receivers r on r.name = $1
              join mt_events e on e.stream_id = w.stream_id and e.version > w.version and e.seq_id <= r.sequence
              order by e.version limit 1),
            moved as (
              update ledger_outbox_streams s set sequence = next.seq_id, due_at = $3, attempts = 0, first_attempt_at = null, problem = null
              from next, waiting w where s.receiver = $1 and s.stream_id = w.stream_id and s.sequence = $2)
            delete from ledger_outbox_streams s using waiting w
            where s.receiver = $1 and s.stream_id = w.stream_id and s.sequence = $2 and not exists (select from next)
            """,
            Text(receiver), Number(sequence), Time(now));
        Add(
            "select exists (select from ledger_outbox_discards where receiver = $1 and sequence = $2 and discarded_by = $3 and reason = $4)",
            Text(receiver), Number(sequence), Text(by), Text(reason));
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        return await reader.ReadAsync(cancellation) && reader.GetBoolean(0);

        void Add(string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
        {
            var command = new NpgsqlBatchCommand(sql);
            foreach (var parameter in parameters) command.Parameters.Add(parameter);
            batch.BatchCommands.Add(command);
        }
    }

    /// <summary>What was put away, in the order of the log, those after a place.</summary>
    /// <param name="receiver">Whose.</param>
    /// <param name="after">0 for the beginning; the sequence of the last of the page before.</param>
    /// <param name="limit">The most that are answered.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<IReadOnlyList<DiscardedLetter>> DiscardsAsync(string receiver, long after, int limit, CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand(
            """
            select d.sequence, e.id, e.type, d.stream_id, d.attempts, d.problem, d.discarded_at, d.discarded_by, d.reason
            from ledger_outbox_discards d join mt_events e on e.seq_id = d.sequence
            where d.receiver = $1 and d.sequence > $2 order by d.sequence, d.discarded_at limit $3
            """);
        command.Parameters.Add(Text(receiver));
        command.Parameters.Add(Number(after));
        command.Parameters.Add(Number(limit));
        var letters = new List<DiscardedLetter>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            letters.Add(new DiscardedLetter(
                reader.GetInt64(0), reader.GetGuid(1), reader.GetString(2), reader.GetString(3), reader.GetInt32(4), reader.GetString(5), new DateTimeOffset(reader.GetDateTime(6)),
                reader.GetString(7), reader.GetString(8)));
        }

        return letters;
    }
}
