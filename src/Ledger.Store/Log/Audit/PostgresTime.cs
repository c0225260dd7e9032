namespace Ledger.Store.Log.Audit;

/// <summary>
/// Times as PostgreSQL stores them, in microseconds from the year 2000: read so, no value of a column fails to be read, not even those that
/// .NET has no time for.
/// </summary>
internal static class PostgresTime
{
    private static readonly DateTimeOffset Epoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static long Microseconds(DateTimeOffset time) => (time - Epoch).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <exception cref="ArgumentOutOfRangeException">.NET has no such time.</exception>
    /// <exception cref="OverflowException">Likewise.</exception>
    public static DateTimeOffset Time(long microseconds) => Epoch.AddTicks(checked(microseconds * TimeSpan.TicksPerMicrosecond));
}
