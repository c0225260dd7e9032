namespace Ledger.Server.Telemetry;

/// <summary>What the server tells its operators besides what requests come to.</summary>
internal static partial class ServerLog
{
    [LoggerMessage(10, LogLevel.Information, "{Line}")]
    public static partial void Postgres(this ILogger logger, string line);

    [LoggerMessage(11, LogLevel.Warning, "the database does not answer yet: {Reason}")]
    public static partial void WaitsForDatabase(this ILogger logger, string reason);
}
