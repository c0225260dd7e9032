using Microsoft.Extensions.Logging;

namespace Ledger.Store.Append;

/// <summary>What the sequencer tells its operators.</summary>
internal static partial class SequencerLog
{
    [LoggerMessage(1, LogLevel.Error, "{Count} submissions could not be decided")]
    public static partial void NotDecided(this ILogger logger, Exception exception, int count);

    [LoggerMessage(2, LogLevel.Error, "a group of {Count} events was refused by the database; nothing of it was written")]
    public static partial void NotCommitted(this ILogger logger, Exception exception, int count);

    [LoggerMessage(3, LogLevel.Error, "whether a group of {Count} events was committed is unknown")]
    public static partial void CommitUnknown(this ILogger logger, Exception exception, int count);
}
