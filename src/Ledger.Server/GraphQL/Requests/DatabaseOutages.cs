using Npgsql;

namespace Ledger.Server.GraphQL.Requests;

/// <summary>
/// Tells operators that questions were not answered because the database was away: each question once, a few of them by name while many fail, and how many
/// there were when it is back. What is logged is the kind of failure alone, for a message may name hosts and users. Thread-safe.
/// </summary>
internal sealed class DatabaseOutages(ILogger<DatabaseOutages> logger, TimeProvider clock)
{
    /// <summary>How many questions are named in one <see cref="Window"/>.</summary>
    public const int NamedMax = 10;

    /// <summary>After which as many are named again.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly HashSet<string> _named = new(StringComparer.Ordinal);
    private DateTimeOffset _windowEnds;
    private long _failed;

    // Only after a failure that was named, so that a database that comes and goes does not write more lines than that.
    private volatile bool _isAwaited;

    /// <summary>A read failed.</summary>
    /// <param name="exception">How.</param>
    /// <param name="correlationId">The question's; null where it has none.</param>
    public void Failed(Exception exception, string? correlationId)
    {
        lock (_lock)
        {
            _failed++;
            var now = clock.GetUtcNow();
            if (now >= _windowEnds)
            {
                _windowEnds = now + Window;
                _named.Clear();
            }

            if (_named.Count == NamedMax || !_named.Add(correlationId ?? "none")) return;
            logger.QuestionUnanswered(KindOf(exception), correlationId ?? "none");
            _isAwaited = true;
        }
    }

    /// <summary>A read was answered.</summary>
    public void Answered()
    {
        if (!_isAwaited) return;
        lock (_lock)
        {
            if (!_isAwaited) return;
            logger.DatabaseIsBack(_failed);
            (_isAwaited, _failed) = (false, 0);
        }
    }

    private static string KindOf(Exception exception) => exception is PostgresException refused ? $"{nameof(PostgresException)} {refused.SqlState}" : exception.GetType().Name;
}

/// <summary>What operators are told of the database while questions are asked.</summary>
internal static partial class DatabaseOutageLog
{
    [LoggerMessage(82, LogLevel.Warning, "the database did not answer a question: {Kind}, correlation id {CorrelationId}; whoever asked was told to ask again")]
    public static partial void QuestionUnanswered(this ILogger logger, string kind, string correlationId);

    [LoggerMessage(83, LogLevel.Information, "the database answers questions again; {Failed} reads had failed")]
    public static partial void DatabaseIsBack(this ILogger logger, long failed);
}
