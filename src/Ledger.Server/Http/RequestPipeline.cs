using System.Diagnostics;
using Ledger.Domain.Actors;
using Ledger.Server.Auth;
using Ledger.Server.Telemetry;
using Ledger.Store;
using Npgsql;

namespace Ledger.Server.Http;

/// <summary>What every request goes through: a correlation id, security headers, the caller, the endpoint, and a problem for whatever went wrong.</summary>
internal sealed class RequestPipeline(Authentication authentication, LedgerStore store, ILogger<RequestPipeline> logger)
{
    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        var started = Stopwatch.GetTimestamp();
        Correlation.Begin(http);
        SecurityHeaders.Add(http.Response.Headers);
        try
        {
            if (await authentication.CheckAsync(http) is { } keptOut) await keptOut.ExecuteAsync(http);
            else
            {
                // Another node may have set the clock of a sandbox, and its caller may ask here next.
                if (http.Items.ContainsKey(typeof(Caller))) await store.RefreshClockAsync(http.RequestAborted);
                await next(http);
            }

            await ExplainAsync(http);
        }
        catch (Exception exception) when (!http.Response.HasStarted)
        {
            await FailAsync(http, exception);
        }
        finally
        {
            var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
            RequestTrace.Describe(Activity.Current, http.Request.Method, route, http.Response.StatusCode);
            RequestMetrics.Record(route, http.Response.StatusCode, http.Items[typeof(Problem)] as string);
            logger.Answered(
                http.Request.Method, route ?? "none", http.Response.StatusCode, Stopwatch.GetElapsedTime(started),
                (http.Items[typeof(Caller)] as Caller)?.Role.Name(), http.Items[typeof(Problem)] as string, http.CorrelationId());
        }
    }

    // Routing and Kestrel answer with a bare status; a caller always gets a problem.
    private static Task ExplainAsync(HttpContext http)
    {
        var response = http.Response;
        if (response.HasStarted || response.StatusCode < StatusCodes.Status400BadRequest || http.Items.ContainsKey(typeof(Problem))) return Task.CompletedTask;
        return OfStatus(response.StatusCode).ExecuteAsync(http);
    }

    private async Task FailAsync(HttpContext http, Exception exception)
    {
        switch (exception)
        {
            case BadHttpRequestException bad:
                await OfStatus(bad.StatusCode).ExecuteAsync(http);
                break;
            case OperationCanceledException when http.RequestAborted.IsCancellationRequested:
            case NpgsqlException or TimeoutException when IsUnavailable(exception):
                logger.DatabaseAway(http.CorrelationId(), exception.GetType().Name);
                await Problems.Unavailable(outcomeUnknown: false).ExecuteAsync(http);
                break;
            default:
                logger.Unexpected(exception, http.CorrelationId());
                await Problems.Unexpected().ExecuteAsync(http);
                break;
        }
    }

    /// <summary>Whether the database was away rather than asked something wrong.</summary>
    public static bool IsUnavailable(Exception exception) => exception switch
    {
        // 53: out of resources, 57P: shutting down or starting up, 08: connection (PostgreSQL, appendix A).
        PostgresException refused => refused.SqlState is ['5', '3', ..] or ['5', '7', 'P', ..] or ['0', '8', ..],
        NpgsqlException or TimeoutException => true,
        _ => false,
    };

    private static Problem OfStatus(int status) => status switch
    {
        StatusCodes.Status404NotFound => Problems.NotFound("route_unknown", "there is nothing at this address", "the API is described at /openapi/v1.json"),
        StatusCodes.Status405MethodNotAllowed => new Problem(status, "method_not_allowed", "this address does not know that method", "the header Allow names those it knows"),
        StatusCodes.Status408RequestTimeout => new Problem(status, "request_too_slow", "the request did not arrive in time", "send it faster"),
        StatusCodes.Status413PayloadTooLarge => new Problem(status, "body_too_large", "the body is larger than any request's may be", "send less"),
        StatusCodes.Status415UnsupportedMediaType => new Problem(status, "media_type_unsupported", "the body is of a media type that is not read here"),
        >= 500 => Problems.Unexpected(),
        _ => new Problem(status, "request_malformed", "the request or one of its parameters cannot be read", "the API is described at /openapi/v1.json"),
    };
}
