using Ledger.Domain.Log;
using Ledger.Store.Log;
using Npgsql;

namespace Ledger.Store;

/// <summary>
/// The clock of a sandbox, as the log says where it stands: held, or the real one. What is appended takes its time from the log at that very
/// moment; this one is for reading, and knows what it was last told. Timers and spans of time are real. Thread-safe.
/// </summary>
public sealed class SandboxClock(NpgsqlDataSource database, TimeProvider real) : TimeProvider
{
    private readonly Lock _lock = new();
    private (long Version, SandboxTime? Time) _known;

    /// <inheritdoc/>
    public override long TimestampFrequency => real.TimestampFrequency;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => real.LocalTimeZone;

    /// <summary>The time the clock is held at, or the real one where it runs.</summary>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock) return SandboxTime.Now(_known.Time, real.GetUtcNow());
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => real.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => real.CreateTimer(callback, state, dueTime, period);

    /// <summary>Looks at the log: another node may have set the clock.</summary>
    public async Task RefreshAsync(CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand($"select {EventReader.Columns} from mt_events e where e.stream_id = $1 order by e.version desc limit 1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = LogCommand.StreamName });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation)) return;
        var last = EventReader.Read(reader);
        if (last.Recorded<LogEvent>() is not { Event: LogEvent.SandboxClockSet set } recorded) return;
        lock (_lock)
        {
            if (last.Version > _known.Version) _known = (last.Version, new SandboxTime(set.To, recorded.At));
        }
    }
}
