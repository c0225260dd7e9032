using System.Buffers.Binary;
using System.Diagnostics;
using OpenTelemetry;

namespace Ledger.Server.Telemetry;

/// <summary>
/// Lets one trace in ten through, chosen by its id so that all its spans go together, and every span that ended in an error. It looks when a
/// span has ended, because a sampler at its start cannot know; the other spans of a trace that is not among the ten per cent do not come
/// along with the one that failed.
/// </summary>
internal sealed class KeepErrorsProcessor(BaseProcessor<Activity> next) : BaseProcessor<Activity>
{
    private const double Ratio = 0.1;

    public override void OnEnd(Activity data)
    {
        if (IsError(data) || IsChosen(data.TraceId)) next.OnEnd(data);
    }

    protected override bool OnForceFlush(int timeoutMilliseconds) => next.ForceFlush(timeoutMilliseconds);

    protected override bool OnShutdown(int timeoutMilliseconds) => next.Shutdown(timeoutMilliseconds);

    protected override void Dispose(bool disposing)
    {
        if (disposing) next.Dispose();
        base.Dispose(disposing);
    }

    private static bool IsError(Activity data) =>
        data.Status == ActivityStatusCode.Error || data.GetTagItem("http.response.status_code") is >= 500;

    // The last 8 bytes of a trace id are random (W3C trace-context, level 2): every node chooses the same traces.
    private static bool IsChosen(ActivityTraceId id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.CopyTo(bytes);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]) < Ratio * ulong.MaxValue;
    }
}
