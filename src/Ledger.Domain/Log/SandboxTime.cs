namespace Ledger.Domain.Log;

/// <summary>Where a sandbox's clock stands.</summary>
/// <param name="Held">The time it is held at; null where it runs with the real clock.</param>
/// <param name="SetAt">The log's time when it was set: it shows nothing earlier, whatever the real clock says.</param>
public sealed record SandboxTime(DateTimeOffset? Held, DateTimeOffset SetAt)
{
    /// <summary>What the clock of a sandbox shows: <paramref name="time"/> is where it stands, null where it was never set.</summary>
    public static DateTimeOffset Now(SandboxTime? time, DateTimeOffset real) =>
        time is null ? real
        : time.Held is { } held ? held
        : real > time.SetAt ? real : time.SetAt;
}
