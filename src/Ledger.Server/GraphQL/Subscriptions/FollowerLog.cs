namespace Ledger.Server.GraphQL.Subscriptions;

/// <summary>What operators are told of following the log.</summary>
internal static partial class FollowerLog
{
    [LoggerMessage(80, LogLevel.Warning, "the log cannot be followed for subscriptions now: {Reason}")]
    public static partial void NotFollowed(this ILogger logger, string reason);
}
