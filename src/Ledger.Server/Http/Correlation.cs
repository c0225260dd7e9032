using System.Diagnostics;

namespace Ledger.Server.Http;

/// <summary>
/// Names each request: the trace id of the caller's W3C <c>traceparent</c>, or a new one. It is answered as <c>X-Correlation-Id</c> and
/// stands in every log line and problem of the request.
/// </summary>
internal static class Correlation
{
    public const string Header = "X-Correlation-Id";

    public static string CorrelationId(this HttpContext http) => (string)http.Items[typeof(Correlation)]!;

    public static void Begin(HttpContext http)
    {
        var id = Of(http);
        http.Items[typeof(Correlation)] = id;
        http.Response.Headers[Header] = id;
    }

    private static string Of(HttpContext http)
    {
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity) return activity.TraceId.ToHexString();
        return ActivityContext.TryParse(http.Request.Headers.TraceParent, traceState: null, out var parent)
            ? parent.TraceId.ToHexString()
            : ActivityTraceId.CreateRandom().ToHexString();
    }
}
