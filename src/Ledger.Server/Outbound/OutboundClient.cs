using System.Net;

namespace Ledger.Server.Outbound;

/// <summary>
/// Asks configured addresses, and those alone: no redirect is followed, no proxy asked, no cookie kept, nothing of a trace passed on. Each
/// connection goes to an address that was resolved once and looked at (<see cref="Dialler"/>).
/// </summary>
internal static class OutboundClient
{
    private const int MaxHeaderKilobytes = 16;
    private const int MaxDrainBytes = 16 * 1024;

    /// <summary>How long an answer may take, the connection included.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>A client for one receiver.</summary>
    /// <param name="rule">Which addresses may be connected to.</param>
    /// <param name="maxAnswerBytes">The largest answer that is kept; a larger one is an <see cref="HttpRequestException"/>.</param>
    /// <param name="dialler">How names become connections.</param>
    public static HttpClient Create(AddressRule rule, int maxAnswerBytes, Dialler? dialler = null) => new(
        new SocketsHttpHandler
        {
            ActivityHeadersPropagator = null,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectCallback = (context, cancellation) => (dialler ?? Dialler.OfThisMachine).DialAsync(context.DnsEndPoint, rule, cancellation),
            ConnectTimeout = Patience,
            MaxResponseDrainSize = MaxDrainBytes,
            MaxResponseHeadersLength = MaxHeaderKilobytes,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            UseCookies = false,
            UseProxy = false,
        })
    {
        Timeout = Patience,
        MaxResponseContentBufferSize = maxAnswerBytes,
    };
}
