namespace Ledger.Server.Telemetry;

/// <summary>
/// What is logged of requests: their route and not their address, never a header or a body. So a line says nothing about a person that the
/// redactor would have to find.
/// </summary>
internal static partial class RequestLog
{
    [LoggerMessage(100, LogLevel.Information, "{Method} {Route} answered {Status} in {ElapsedMs} ms: role {Role}, problem {Problem}, correlation {CorrelationId}")]
    private static partial void AnsweredCore(this ILogger logger, string method, string route, int status, double elapsedMs, string? role, string? problem, string correlationId);

    [LoggerMessage(101, LogLevel.Warning, "the database did not answer {CorrelationId}: {Cause}")]
    public static partial void DatabaseAway(this ILogger logger, string correlationId, string cause);

    [LoggerMessage(102, LogLevel.Error, "the request {CorrelationId} failed")]
    public static partial void Unexpected(this ILogger logger, Exception exception, string correlationId);

    [LoggerMessage(103, LogLevel.Error, "the submission of the request {CorrelationId} failed; nothing was appended")]
    public static partial void SubmissionFaulted(this ILogger logger, Exception exception, string correlationId);

    public static void Answered(
        this ILogger logger, string method, string route, int status, double elapsedMs, string? role, string? problem, string correlationId) =>
        logger.AnsweredCore(method, route, status, Math.Round(elapsedMs, 3), role, problem, correlationId);
}
