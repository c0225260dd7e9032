using Ledger.Exports;
using Ledger.Server.Http;

namespace Ledger.Server.Exports;

/// <summary>
/// An answer that is saved as a file, written as it is made. Where that breaks off, so does the answer, without the end that HTTP gives a whole one: half
/// an export is never taken for all of it.
/// </summary>
internal sealed class FileAnswer(ExportResult export, string mediaType) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (export is ExportResult.Refused refused) return Problems.Of(refused.Refusal).ExecuteAsync(httpContext);
        var ready = (ExportResult.Ready)export;
        httpContext.Response.ContentType = mediaType;
        httpContext.Response.Headers.ContentDisposition = $"attachment; filename=\"{ready.FileName}\"";
        return ready.WriteAsync(httpContext.Response.Body, httpContext.RequestAborted);
    }
}
