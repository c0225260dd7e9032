using Ledger.Intake;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Ledger.Server.Hosting;

/// <summary>What a connection may cost before anybody knows who is at the other end.</summary>
internal static class KestrelLimits
{
    /// <summary>How long a request may take once it has arrived; an audit may take longer.</summary>
    public static readonly TimeSpan Request = TimeSpan.FromSeconds(30);

    public static void Apply(KestrelServerOptions options)
    {
        options.AddServerHeader = false;
        options.AllowResponseHeaderCompression = false;
        var limits = options.Limits;
        limits.MaxRequestBodySize = ReportLimits.MaxBytes;
        limits.MaxConcurrentConnections = 2048;
        limits.MaxRequestHeaderCount = 64;
        limits.MaxRequestHeadersTotalSize = 16 * 1024;
        limits.MaxRequestLineSize = 4 * 1024;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);

        // A slow drip: after the grace period the connection must make this much, on average.
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(5));
        limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(5));
    }
}
