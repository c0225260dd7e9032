using Ledger.Domain.Releases;
using Ledger.Exports.Periods;
using Ledger.Server.Auth;
using Ledger.Server.Http;

namespace Ledger.Server.Exports;

/// <summary>Hands out what the log holds of a period.</summary>
internal static class ExportPeriods
{
    private const string Csv = "text/csv";
    private const string Ndjson = "application/x-ndjson";
    private const string Zip = "application/zip";

    // Each reads a stretch of the log from end to end: more at a time would take from those who append.
    private static readonly SemaphoreSlim Few = new(2);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/export", HandleAsync)
        .Describe(
            Access.Exporting, "exportPeriod", "Export a period",
            "What was appended from the time 'from' up to before 'to': 'csv' (the default), one row a release, as it stood at the end; 'ndjson', every event as the log commits to it; "
            + "'zip', both, with the proof that nothing is left out. 'service' keeps to one; 'control' (may be repeated; not with ndjson) maps a control to the events that show it. "
            + "Roles: auditor, compliance, admin.")
        .Produces<byte[]>(StatusCodes.Status200OK, Csv, Ndjson, Zip)
        .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status403Forbidden, StatusCodes.Status422UnprocessableEntity)
        .DisableRequestTimeout();

    private static async Task<IResult> HandleAsync(string? from, string? to, string? service, string? format, string[]? control, HttpContext http, PeriodExport exports)
    {
        if (!ExportParameters.Time("from", from).Succeeded(out var start, out var problem)) return problem;
        if (!ExportParameters.Time("to", to).Succeeded(out var end, out problem)) return problem;
        if (end <= start) return Problems.Malformed("parameter_invalid", "'to' is not after 'from'", "the period ends before the time 'to'");
        if (!ExportParameters.Controls(control).Succeeded(out var controls, out problem)) return problem;
        if (service is not null && !ReleaseId.IsService(service)) return Problems.Malformed("parameter_invalid", "'service' is not the name of one");
        var caller = http.Caller();
        if (service is not null && !caller.Covers(service)) return Problems.OutOfScope($"the service '{service}'");

        var services = service is not null ? [service] : caller.SeesEverything ? null : caller.Services;
        var period = new ExportPeriod(start, end, services);
        switch (format ?? "csv")
        {
            case "csv":
                return new Limited(async () => new FileAnswer(await exports.TableAsync(period, controls, http.RequestAborted), $"{Csv}; charset=utf-8"));
            case "ndjson":
                return controls.Count == 0
                    ? new Limited(async () => new FileAnswer(await exports.EventsAsync(period, http.RequestAborted), Ndjson))
                    : Problems.Malformed("control_not_mapped", "events alone have no room for controls", "export as csv or zip");
            case "zip":
                return services is null or [_]
                    ? new Limited(async () => new FileAnswer(await exports.BundleAsync(period, controls, caller.SeesEverything, http.RequestAborted), Zip))
                    : Problems.Malformed("service_missing", "a bundle is of one service or of all, and the token is for several", $"name one: {string.Join(", ", services)}");
            default:
                return Problems.Malformed("parameter_invalid", "'format' is not csv, ndjson or zip");
        }
    }

    /// <summary>An answer that is made and sent while few others are.</summary>
    private sealed class Limited(Func<Task<FileAnswer>> make) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            await Few.WaitAsync(httpContext.RequestAborted);
            try
            {
                await (await make()).ExecuteAsync(httpContext);
            }
            finally
            {
                Few.Release();
            }
        }
    }
}
