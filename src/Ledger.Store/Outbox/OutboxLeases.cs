using Npgsql;

namespace Ledger.Store.Outbox;

/// <summary>
/// Who delivers to a receiver: one node at a time, for as long as it says so again. Times are the database's alone, so that the clocks of
/// nodes do not matter. Thread-safe.
/// </summary>
/// <param name="database">Connections of the server's role.</param>
public sealed class OutboxLeases(NpgsqlDataSource database)
{
    /// <summary>Makes receivers known. One that is new starts at the end of the log: it gets what happens from now on.</summary>
    public async Task RegisterAsync(IEnumerable<string> names, CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand(
            """
            insert into ledger_outbox_receivers (name, sequence) select n, h.size from unnest($1) n, ledger_head h
            on conflict (name) do nothing
            """);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. names] });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Takes a receiver that nobody delivers to, or whose node has not been heard of in time.</summary>
    /// <param name="receiver">Which; it is registered.</param>
    /// <param name="holder">The node's name, for people.</param>
    /// <param name="duration">How long it is taken for.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Null while another node delivers to it.</returns>
    public async Task<OutboxLease?> AcquireAsync(OutboxReceiver receiver, string holder, TimeSpan duration, CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand(
            """
            update ledger_outbox_receivers set epoch = epoch + 1, holder = $2, held_until = clock_timestamp() + $3
            where name = $1 and (held_until is null or held_until < clock_timestamp()) returning epoch
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = receiver.Name });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = holder });
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = duration });
        return await command.ExecuteScalarAsync(cancellation) is long epoch ? new OutboxLease(receiver, epoch) : null;
    }

    /// <summary>Keeps the receiver for another while.</summary>
    /// <returns>False when another node has taken it over.</returns>
    public Task<bool> RenewAsync(OutboxLease lease, TimeSpan duration, CancellationToken cancellation = default) =>
        HoldAsync(lease, "held_until = clock_timestamp() + $3", duration, cancellation);

    /// <summary>Leaves the receiver to whoever comes first.</summary>
    public Task ReleaseAsync(OutboxLease lease, CancellationToken cancellation = default) =>
        HoldAsync(lease, "holder = null, held_until = null", null, cancellation);

    private async Task<bool> HoldAsync(OutboxLease lease, string change, TimeSpan? duration, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"update ledger_outbox_receivers set {change} where name = $1 and epoch = $2");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = lease.Receiver.Name });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = lease.Epoch });
        if (duration is { } time) command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = time });
        return await command.ExecuteNonQueryAsync(cancellation) == 1;
    }
}
