namespace Ledger.Server.Witnesses;

/// <summary>What operators are told of witnesses and the authority. What shows that the log is not what it was is critical.</summary>
internal static partial class WitnessLog
{
    [LoggerMessage(201, LogLevel.Warning, "{Name} could not be told of the newest checkpoint: {Reason}")]
    public static partial void NotTold(this ILogger logger, string name, string reason);

    [LoggerMessage(202, LogLevel.Warning, "the witness {Name} answered {Status} and cosigned nothing")]
    public static partial void WitnessRefused(this ILogger logger, string name, int status);

    [LoggerMessage(203, LogLevel.Error, "the witness {Name} answered with what is not its cosignature: {Reason}")]
    public static partial void WitnessAnsweredWrongly(this ILogger logger, string name, string reason);

    [LoggerMessage(204, LogLevel.Critical, "the witness {Name} has seen a tree of {Held} leaves, and the log has {Size}: it was set back to an earlier state")]
    public static partial void WitnessSawLargerTree(this ILogger logger, string name, long held, long size);

    [LoggerMessage(205, LogLevel.Critical, "the witness {Name} has seen another tree of {Held} leaves than this log's: one of them is a fork")]
    public static partial void WitnessSawAnotherTree(this ILogger logger, string name, long held);

    [LoggerMessage(206, LogLevel.Warning, "the time-stamping authority at {Host} answered {Status}")]
    public static partial void AuthorityRefused(this ILogger logger, string host, int status);

    [LoggerMessage(207, LogLevel.Error, "the time-stamping authority at {Host} answered with no timestamp that can be believed: {Reason}")]
    public static partial void AuthorityAnsweredWrongly(this ILogger logger, string host, string reason);

    [LoggerMessage(208, LogLevel.Critical, "the newest checkpoint is not one that this log signed: {Reason}")]
    public static partial void CheckpointNotOurs(this ILogger logger, string reason);
}
