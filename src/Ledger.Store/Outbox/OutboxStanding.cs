using Npgsql;

namespace Ledger.Store.Outbox;

/// <summary>How far a receiver has come.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Sequence">Everything that it wants up to here was delivered or is a dead letter.</param>
/// <param name="LogSize">How far the log goes.</param>
/// <param name="OldestAt">When the oldest event after <paramref name="Sequence"/> was appended; null where there is none.</param>
/// <param name="Streams">The streams in which something is to be delivered.</param>
/// <param name="Retrying">Of these, the ones whose next event failed at least once.</param>
/// <param name="Problem">Why the oldest of them failed the last time; null where none did.</param>
/// <param name="DeadLetters">How many dead letters there are.</param>
/// <param name="Holder">The node that delivers; null where none does.</param>
public sealed record OutboxStanding(
    string Name, long Sequence, long LogSize, DateTimeOffset? OldestAt, long Streams, long Retrying, string? Problem, long DeadLetters, string? Holder)
{
    /// <summary>How many events of the log the receiver is behind.</summary>
    public long LagEvents => LogSize - Sequence;

    /// <summary>How long the oldest of them has been there by <paramref name="now"/>, in seconds; never below 0.</summary>
    public double LagSeconds(DateTimeOffset now) => OldestAt is { } oldest ? Math.Max(0, (now - oldest).TotalSeconds) : 0;
}

/// <summary>Tells how far receivers have come. Thread-safe.</summary>
/// <param name="database">Connections that may read.</param>
public sealed class OutboxStandings(NpgsqlDataSource database)
{
    /// <summary>Every receiver that was ever known, by name.</summary>
    public async Task<IReadOnlyList<OutboxStanding>> ListAsync(CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand(
            """
            select p.name, p.sequence, p.size, (select e.timestamp from mt_events e where e.seq_id = p.sequence + 1),
                   (select count(*) from ledger_outbox_streams s where s.receiver = p.name),
                   (select count(*) from ledger_outbox_streams s where s.receiver = p.name and s.attempts > 0),
                   (select s.problem from ledger_outbox_streams s where s.receiver = p.name and s.attempts > 0 order by s.sequence limit 1),
                   (select count(*) from ledger_outbox_dead_letters l where l.receiver = p.name),
                   p.holder
            from (
              select r.name, h.size, case when r.held_until >= clock_timestamp() then r.holder end as holder,
                     coalesce((select min(s.sequence) - 1 from ledger_outbox_streams s where s.receiver = r.name), r.sequence) as sequence
              from ledger_outbox_receivers r, ledger_head h) p
            order by p.name collate "C"
            """);
        var standings = new List<OutboxStanding>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            standings.Add(new OutboxStanding(
                reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), reader.IsDBNull(3) ? null : new DateTimeOffset(reader.GetDateTime(3)),
                reader.GetInt64(4), reader.GetInt64(5), reader.IsDBNull(6) ? null : reader.GetString(6), reader.GetInt64(7), reader.IsDBNull(8) ? null : reader.GetString(8)));
        }

        return standings;
    }
}
