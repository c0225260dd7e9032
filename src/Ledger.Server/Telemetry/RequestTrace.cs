using System.Diagnostics;

namespace Ledger.Server.Telemetry;

/// <summary>Says in a request's span what became of it (OpenTelemetry semantic conventions for HTTP spans), which ASP.NET Core leaves to others.</summary>
internal static class RequestTrace
{
    /// <summary>Describes the request.</summary>
    /// <param name="span">The request's own span; null where nobody collects any.</param>
    /// <param name="method">Its method.</param>
    /// <param name="route">The pattern of its address; null where there is none.</param>
    /// <param name="status">What was answered. From 500 on it is an error: the span is kept whatever is sampled.</param>
    public static void Describe(Activity? span, string method, string? route, int status)
    {
        if (span is null) return;
        span.DisplayName = route is null ? method : $"{method} {route}";
        if (route is not null) span.SetTag("http.route", route);
        span.SetTag("http.response.status_code", status);
        if (status < StatusCodes.Status500InternalServerError) return;
        span.SetTag("error.type", status.ToString(System.Globalization.CultureInfo.InvariantCulture));
        span.SetStatus(ActivityStatusCode.Error);
    }
}
