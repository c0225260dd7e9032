namespace Ledger.Cli.Server;

/// <summary>How long to wait before the next attempt: 100 ms, doubled each time up to 2 s; longer where the server asks for it.</summary>
internal static class Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    /// <param name="attempt">The attempt that failed, from 1.</param>
    /// <param name="retryAfter">The server's <c>Retry-After</c>, if any.</param>
    public static TimeSpan After(int attempt, TimeSpan? retryAfter)
    {
        var wait = First * Math.Pow(2, Math.Min(attempt, 10) - 1);
        if (wait > Longest) wait = Longest;
        return retryAfter > wait ? retryAfter.Value : wait;
    }
}
