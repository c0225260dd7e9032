namespace Ledger.Server.Webhooks;

/// <summary>How long things take, and how many at once.</summary>
internal sealed record WebhookTiming
{
    public static WebhookTiming Default { get; } = new();

    /// <summary>How often the log is looked at where nothing was new.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a receiver may take to answer.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a node that is not heard of keeps a receiver.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The first wait after a failure; each is twice as long as the one before.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long deliveries that are under way may go on when the server stops.</summary>
    public TimeSpan Farewell { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How many streams are delivered from at once.</summary>
    public int Concurrency { get; init; } = 16;

    /// <summary>The wait after an attempt that failed.</summary>
    /// <param name="attempts">The attempts so far, from 1.</param>
    /// <param name="draw">0 to 1: takes up to a fifth of the wait away, so that what failed together is not tried again together.</param>
    /// <param name="asked">How long the receiver asked for; it may make the wait longer, up to the longest.</param>
    public TimeSpan WaitAfter(int attempts, double draw, TimeSpan? asked = null)
    {
        var doubled = FirstWait.TotalSeconds * Math.Pow(2, Math.Min(attempts - 1, 30));
        var own = Math.Min(doubled, LongestWait.TotalSeconds) * (1 - (draw / 5));
        return TimeSpan.FromSeconds(Math.Max(own, Math.Min(asked?.TotalSeconds ?? 0, LongestWait.TotalSeconds)));
    }
}
