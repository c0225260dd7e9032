namespace Ledger.Server.Telemetry;

/// <summary>
/// What is logged of requests: their route and not their address, never a header or a body. So a line says nothing about a person that the
/// redactor would have to find. What succeeded is logged at Debug alone: every append stands in the ledger itself, and a line for each would
/// cost more than the append.
/// </summary>
internal static partial class RequestLog
{
    private const string Template = "{Method} {Route} answered {Status} in {ElapsedMs} ms: role {Role}, problem {Problem}, correlation {CorrelationId}";

    /// <summary>Logs a request that was answered.</summary>
    public static void Answered(this ILogger logger, string method, string route, int status, TimeSpan elapsed, string? role, string? problem, string correlationId)
    {
        var milliseconds = Math.Round(elapsed.TotalMilliseconds, 3);
        if (status >= StatusCodes.Status500InternalServerError) logger.Failed(method, route, status, milliseconds, role, problem, correlationId);
        else if (status >= StatusCodes.Status400BadRequest) logger.Refused(method, route, status, milliseconds, role, problem, correlationId);
        else logger.Succeeded(method, route, status, milliseconds, role, problem, correlationId);
    }

    [LoggerMessage(101, LogLevel.Warning, "the database did not answer {CorrelationId}: {Cause}")]
    public static partial void DatabaseAway(this ILogger logger, string correlationId, string cause);

    [LoggerMessage(102, LogLevel.Error, "the request {CorrelationId} failed")]
    public static partial void Unexpected(this ILogger logger, Exception exception, string correlationId);

    [LoggerMessage(103, LogLevel.Error, "the submission of the request {CorrelationId} failed; nothing was appended")]
    public static partial void SubmissionFaulted(this ILogger logger, Exception exception, string correlationId);

    [LoggerMessage(104, LogLevel.Debug, Template)]
    private static partial void Succeeded(this ILogger logger, string method, string route, int status, double elapsedMs, string? role, string? problem, string correlationId);

    [LoggerMessage(105, LogLevel.Information, Template)]
    private static partial void Refused(this ILogger logger, string method, string route, int status, double elapsedMs, string? role, string? problem, string correlationId);

    [LoggerMessage(106, LogLevel.Warning, Template)]
    private static partial void Failed(this ILogger logger, string method, string route, int status, double elapsedMs, string? role, string? problem, string correlationId);
}
