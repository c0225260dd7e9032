using Npgsql;
using static Ledger.Store.Outbox.OutboxTransaction;

namespace Ledger.Store.Outbox;

/// <summary>What was given up, and trying it anew. Thread-safe.</summary>
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
}
