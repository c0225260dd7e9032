using Ledger.Store.Log;
using Npgsql;
using static Ledger.Store.Outbox.OutboxTransaction;

namespace Ledger.Store.Outbox;

/// <summary>
/// Follows the log for receivers. In each stream one event is due at a time, and the next is due only after that one was delivered or given
/// up: so the first time that a receiver sees the events of a stream is in their order, whatever crashes. Thread-safe.
/// </summary>
/// <param name="database">Connections of the server's role.</param>
public sealed class OutboxDeliveries(NpgsqlDataSource database)
{
    // Statements that end a delivery, after the fence: $3 stream, $4 its sequence, $5 its version, $6 the names that are wanted, $7 the time.
    private const string Advance =
        $"""
        with next as (
          select e.seq_id from ledger_outbox_receivers r join mt_events e on e.seq_id <= r.sequence
          where r.name = $1 and r.epoch = $2 and e.stream_id = $3 and e.version > $5 and ($6::text[] is null or e.type = any($6))
          order by e.version limit 1),
        moved as (
          update ledger_outbox_streams s set sequence = next.seq_id, due_at = $7, attempts = 0, first_attempt_at = null, problem = null
          from next where s.receiver = $1 and s.stream_id = $3 and s.sequence = $4)
        delete from ledger_outbox_streams s
        where s.receiver = $1 and s.stream_id = $3 and s.sequence = $4 and not exists (select from next) and {IsHeld}
        """;

    /// <summary>Looks at events that were not looked at, and notes the streams in which something is due.</summary>
    /// <param name="lease">For whom.</param>
    /// <param name="limit">The most events that are looked at.</param>
    /// <param name="now">From when what is found is due.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>How many events were looked at; null when the lease is another's.</returns>
    public async Task<long?> FollowAsync(OutboxLease lease, int limit, DateTimeOffset now, CancellationToken cancellation = default)
    {
        // Most of the time nothing is new, and then no row is locked.
        if (!await HasNewAsync(lease, cancellation)) return 0;

        // Sequence numbers are dense in the order of commits, so none is stepped over.
        await using var transaction = new OutboxTransaction(database, lease, exclusive: true);
        transaction.Add(
            """
            with batch as materialized (
              select e.seq_id, e.stream_id, e.type from mt_events e
              where e.seq_id > (select sequence from ledger_outbox_receivers where name = $1 and epoch = $2)
              order by e.seq_id limit $3),
            moved as (
              update ledger_outbox_receivers r set sequence = b.last from (select max(seq_id) as last from batch) b
              where r.name = $1 and r.epoch = $2 and b.last is not null),
            wanted as (
              insert into ledger_outbox_streams (receiver, stream_id, sequence, due_at)
              select $1, stream_id, min(seq_id), $6 from batch
              where ($4::text[] is null or type = any($4))
                and ($5::text[] is null or (stream_id like 'release/%' and split_part(stream_id, '/', 2) = any($5)))
              group by stream_id
              on conflict (receiver, stream_id) do nothing)
            select count(*) from batch
            """,
            Number(limit), Texts(lease.Receiver.Events), Texts(lease.Receiver.Services), Time(now));
        return await transaction.CommitAsync(cancellation);
    }

    /// <summary>What is due, longest due first: at most one event of a stream.</summary>
    /// <param name="lease">For whom.</param>
    /// <param name="busy">Streams of which something is under way.</param>
    /// <param name="limit">The most that are answered.</param>
    /// <param name="now">What is due by then.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<IReadOnlyList<OutboxDelivery>> DueAsync(
        OutboxLease lease, IEnumerable<string> busy, int limit, DateTimeOffset now, CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand(
            $"""
            select d.attempts, d.replay, {EventReader.Columns}
            from (
              (select s.sequence, s.attempts, s.due_at, false as replay from ledger_outbox_streams s
               where s.receiver = $1 and s.due_at <= $2 and s.stream_id <> all($3)
               order by s.due_at limit $4)
              union all
              (select l.sequence, l.round, l.due_at, true from ledger_outbox_dead_letters l
               where l.receiver = $1 and l.due_at <= $2 and l.stream_id <> all($3)
                 and not exists (
                   select from ledger_outbox_dead_letters b
                   where b.receiver = $1 and b.stream_id = l.stream_id and b.sequence < l.sequence and b.due_at is not null)
               order by l.due_at, l.sequence limit $4)) d
            join mt_events e on e.seq_id = d.sequence
            order by d.due_at, d.sequence
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = lease.Receiver.Name });
        command.Parameters.Add(Time(now));
        command.Parameters.Add(Texts([.. busy]));
        command.Parameters.Add(Number(limit));
        var due = new List<OutboxDelivery>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) due.Add(new OutboxDelivery(EventReader.Read(reader, 2), reader.GetInt32(0), reader.GetBoolean(1)));
        return [.. due.DistinctBy(delivery => delivery.Event.Stream).Take(limit)];
    }

    /// <summary>The event was delivered, or is not wanted any more: the next of its stream is due.</summary>
    /// <returns>False when the lease is another's, and nothing was written.</returns>
    public async Task<bool> DeliveredAsync(OutboxLease lease, OutboxDelivery delivery, DateTimeOffset now, CancellationToken cancellation = default)
    {
        await using var transaction = new OutboxTransaction(database, lease);
        transaction.Add($"delete from ledger_outbox_dead_letters where receiver = $1 and sequence = $3 and {IsHeld}", Number(delivery.Event.Sequence));
        AddAdvance(transaction, lease, delivery, now);
        return await transaction.CommitAsync(cancellation) is not null;
    }

    /// <summary>The event was not delivered, and is due again at <paramref name="due"/>.</summary>
    /// <returns>False when the lease is another's, and nothing was written.</returns>
    public async Task<bool> PostponeAsync(OutboxLease lease, OutboxDelivery delivery, OutboxFailure failure, DateTimeOffset due, CancellationToken cancellation = default)
    {
        await using var transaction = new OutboxTransaction(database, lease);
        if (delivery.IsReplay)
        {
            AddReplayed(transaction, delivery, failure, due);
        }
        else
        {
            transaction.Add(
                $"""
                update ledger_outbox_streams set attempts = attempts + 1, due_at = $5, first_attempt_at = coalesce(first_attempt_at, $6), problem = $7
                where receiver = $1 and stream_id = $3 and sequence = $4 and {IsHeld}
                """,
                Text(delivery.Event.Stream), Number(delivery.Event.Sequence), Time(due), Time(failure.At), Text(failure.Problem));
        }

        return await transaction.CommitAsync(cancellation) is not null;
    }

    /// <summary>The event is given up: it is a dead letter, and its stream goes on or waits as the receiver has it.</summary>
    /// <returns>False when the lease is another's, and nothing was written.</returns>
    public async Task<bool> BuryAsync(OutboxLease lease, OutboxDelivery delivery, OutboxFailure failure, CancellationToken cancellation = default)
    {
        await using var transaction = new OutboxTransaction(database, lease);
        if (delivery.IsReplay)
        {
            AddReplayed(transaction, delivery, failure, due: null);
            return await transaction.CommitAsync(cancellation) is not null;
        }

        transaction.Add(
            $"""
            insert into ledger_outbox_dead_letters (receiver, sequence, stream_id, attempts, first_attempt_at, last_attempt_at, status, problem)
            select $1, s.sequence, s.stream_id, s.attempts + 1, coalesce(s.first_attempt_at, $5), $5, $6::int, $7
            from ledger_outbox_streams s where s.receiver = $1 and s.stream_id = $3 and s.sequence = $4 and {IsHeld}
            on conflict (receiver, sequence) do update set
              attempts = ledger_outbox_dead_letters.attempts + excluded.attempts, last_attempt_at = excluded.last_attempt_at,
              status = excluded.status, problem = excluded.problem, due_at = null, round = 0
            """,
            Text(delivery.Event.Stream), Number(delivery.Event.Sequence), Time(failure.At), Status(failure), Text(failure.Problem));
        if (lease.Receiver.WaitsForDeadLetters)
        {
            transaction.Add(
                $"update ledger_outbox_streams set due_at = null, problem = $5 where receiver = $1 and stream_id = $3 and sequence = $4 and {IsHeld}",
                Text(delivery.Event.Stream), Number(delivery.Event.Sequence), Text(failure.Problem));
        }
        else
        {
            AddAdvance(transaction, lease, delivery, failure.At);
        }

        return await transaction.CommitAsync(cancellation) is not null;
    }

    /// <summary>Streams that wait for a dead letter go on, where the receiver does not want them to wait any more.</summary>
    public async Task ResumeAsync(OutboxLease lease, DateTimeOffset now, CancellationToken cancellation = default)
    {
        if (lease.Receiver.WaitsForDeadLetters) return;
        await using var transaction = new OutboxTransaction(database, lease);
        transaction.Add($"update ledger_outbox_streams set due_at = $3, attempts = 0 where receiver = $1 and due_at is null and {IsHeld}", Time(now));
        await transaction.CommitAsync(cancellation);
    }

    private async Task<bool> HasNewAsync(OutboxLease lease, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select h.size > r.sequence from ledger_outbox_receivers r, ledger_head h where r.name = $1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = lease.Receiver.Name });
        return await command.ExecuteScalarAsync(cancellation) is true;
    }

    private static void AddAdvance(OutboxTransaction transaction, OutboxLease lease, OutboxDelivery delivery, DateTimeOffset now) => transaction.Add(
        Advance,
        Text(delivery.Event.Stream), Number(delivery.Event.Sequence), Number(delivery.Event.Version), Texts(lease.Receiver.Events), Time(now));

    private static void AddReplayed(OutboxTransaction transaction, OutboxDelivery delivery, OutboxFailure failure, DateTimeOffset? due) => transaction.Add(
        $"""
        update ledger_outbox_dead_letters
        set attempts = attempts + 1, round = case when $4::timestamptz is null then 0 else round + 1 end, due_at = $4, last_attempt_at = $5, status = $6::int, problem = $7
        where receiver = $1 and sequence = $3 and {IsHeld}
        """,
        Number(delivery.Event.Sequence), Time(due), Time(failure.At), Status(failure), Text(failure.Problem));

    private static NpgsqlParameter Status(OutboxFailure failure) =>
        new() { Value = failure.Status is { } status ? status : DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Integer };
}
