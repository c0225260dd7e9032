using System.Net;

namespace Ledger.Server.Witnesses;

/// <summary>Asks configured addresses, and those alone: no redirect is followed, no proxy asked, no cookie kept, and an answer has a time and a size.</summary>
internal static class OutboundClient
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>A client for one address.</summary>
    /// <param name="maxAnswerBytes">The largest answer that is read; a larger one is an <see cref="HttpRequestException"/>.</param>
    public static HttpClient Create(int maxAnswerBytes) => new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = Patience,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            UseCookies = false,
            UseProxy = false,
        })
    {
        Timeout = Patience,
        MaxResponseContentBufferSize = maxAnswerBytes,
    };
}
