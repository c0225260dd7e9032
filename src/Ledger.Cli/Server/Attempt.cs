using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Ledger.Cli.Server;

/// <summary>What one request came to.</summary>
internal abstract record Attempt
{
    private Attempt() { }

    internal abstract bool MayBeRecorded { get; }

    /// <summary>A whole answer.</summary>
    public sealed record Answered(int Status, byte[] Body, TimeSpan? RetryAfter) : Attempt
    {
        internal override bool MayBeRecorded => Status is < 400 or >= 500;

        public bool IsSuccess => Status is >= 200 and < 300;

        // A proxy says 502 and 504 where the server went away under it.
        public bool IsTransient => Status is 502 or 503 or 504;
    }

    /// <summary>No whole answer.</summary>
    /// <param name="Reason">Why, for people.</param>
    /// <param name="Sent">False only when the request cannot have reached the server.</param>
    public sealed record Lost(string Reason, bool Sent) : Attempt
    {
        internal override bool MayBeRecorded => Sent;
    }

    /// <summary>Sends <paramref name="request"/> and reads the answer to its end, within <paramref name="maxBytes"/>.</summary>
    /// <exception cref="OperationCanceledException">It took too long, or was given up.</exception>
    public static async Task<Attempt> SendAsync(HttpClient http, HttpRequestMessage request, int maxBytes, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            await response.Content.LoadIntoBufferAsync(maxBytes, cancellationToken).ConfigureAwait(false);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            return new Answered((int)response.StatusCode, body, Delay(response.Headers.RetryAfter));
        }
        catch (HttpRequestException exception)
        {
            return new Lost(Describe(exception), Sent: !NeverSent(exception));
        }
        catch (IOException)
        {
            return new Lost("the connection broke", Sent: true);
        }
    }

    /// <summary>Sends <paramref name="request"/> and copies a success to <paramref name="target"/> as it comes; anything else is read as <see cref="SendAsync"/> does.</summary>
    /// <returns>What it came to, and how many bytes were copied.</returns>
    /// <exception cref="OperationCanceledException">It took too long, or was given up.</exception>
    public static async Task<(Attempt Attempt, long Length)> DownloadAsync(
        HttpClient http, HttpRequestMessage request, string mediaType, Stream target, int maxErrorBytes, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode == System.Net.HttpStatusCode.OK && response.Content.Headers.ContentType?.MediaType == mediaType)
                return (new Answered(200, [], null), await CopyAsync(response.Content, target, cancellationToken).ConfigureAwait(false));
            await response.Content.LoadIntoBufferAsync(maxErrorBytes, cancellationToken).ConfigureAwait(false);
            var status = response.IsSuccessStatusCode ? 502 : (int)response.StatusCode; // a success of another kind is none of a ledger's
            return (new Answered(status, await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false), null), 0);
        }
        catch (HttpRequestException exception)
        {
            return (new Lost(Describe(exception), Sent: !NeverSent(exception)), 0);
        }
    }

    // What the connection does not give is not to be taken for what the disk does not take.
    private static async Task<long> CopyAsync(HttpContent content, Stream target, CancellationToken cancellationToken)
    {
        var source = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var buffer = new byte[128 * 1024];
        var length = 0L;
        while (true)
        {
            int read;
            try
            {
                read = await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            }
            catch (IOException exception)
            {
                throw new HttpRequestException(HttpRequestError.ResponseEnded, "the connection broke", exception);
            }

            if (read == 0) return length;
            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            length += read;
        }
    }

    private static TimeSpan? Delay(RetryConditionHeaderValue? header) => header?.Delta;

    private static bool NeverSent(HttpRequestException exception) => exception.HttpRequestError is
        HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;

    private static string Describe(HttpRequestException exception) => exception switch
    {
        { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } => "connection refused",
        { HttpRequestError: HttpRequestError.NameResolutionError } => "its name is not known",
        { HttpRequestError: HttpRequestError.ConnectionError } => "no connection",
        { HttpRequestError: HttpRequestError.SecureConnectionError } => "no secure connection",
        { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => "its answer is too large",
        _ => "the connection broke",
    };
}
