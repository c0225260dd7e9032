using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Ledger.Intake;
using Ledger.Integrity.Webhooks;
using Ledger.Server.Outbound;
using Ledger.Store.Log;
using Ledger.Store.Outbox;

namespace Ledger.Server.Webhooks;

/// <summary>Tells one receiver of one event, once. Thread-safe.</summary>
internal sealed class WebhookSender(WebhookReceiver receiver, string origin, TimeSpan patience, TimeProvider clock, Dialler? dialler = null) : IDisposable
{
    private const int ReadAtMost = 1024;
    private const int ExcerptAtMost = 200;

    private readonly HttpClient _http = OutboundClient.Create(receiver.Rule, ReadAtMost, dialler);

    /// <summary>Sends the event, signed.</summary>
    /// <returns>Null when the receiver has taken it, with any status from 200 to 299; why not otherwise.</returns>
    /// <exception cref="OperationCanceledException">It was given up by the caller: whether it arrived is not known.</exception>
    public async Task<OutboxFailure?> SendAsync(StoredEvent stored, CancellationToken cancellation)
    {
        var at = clock.GetUtcNow();
        using var timeout = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        try
        {
            using var request = Request(WebhookMessage.Of(stored, origin), at);
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (answer.IsSuccessStatusCode) return null;
            var status = (int)answer.StatusCode;
            return new OutboxFailure(at, status, $"it answered {status}{await ExcerptAsync(answer, either.Token)}", RetryAfterOf(answer, at));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new OutboxFailure(at, null, "it did not answer in time");
        }
        catch (HttpRequestException exception)
        {
            return new OutboxFailure(at, null, Describe(exception));
        }
        catch (FormatException)
        {
            return new OutboxFailure(at, null, "the event is not as the ledger wrote it: audit the log");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // One message that cannot be sent, for whatever reason, must not hold up those of other streams.
            return new OutboxFailure(at, null, $"it could not be sent: {exception.GetType().Name}");
        }
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Request(WebhookMessage message, DateTimeOffset at)
    {
        var timestamp = at.ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, receiver.Url) { Content = new ByteArrayContent(message.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(WebhookMessage.MediaType, "utf-8");
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("ledger", null));
        request.Headers.Add(WebhookSignature.IdHeader, message.Id);
        request.Headers.Add(WebhookSignature.TimestampHeader, timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(WebhookSignature.SignatureHeader, WebhookSignature.Sign(message.Id, timestamp, message.Body, receiver.Secrets));
        return request;
    }

    private static TimeSpan? RetryAfterOf(HttpResponseMessage answer, DateTimeOffset at) =>
        (answer.Headers.RetryAfter?.Delta ?? answer.Headers.RetryAfter?.Date - at) is { } wait ? (wait > TimeSpan.Zero ? wait : TimeSpan.Zero) : null;

    // What it says helps whoever has to mend it; what it might repeat of the message, or of a person, does not stay.
    private static async Task<string> ExcerptAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        var buffer = new byte[ReadAtMost];
        int read;
        try
        {
            await using var body = await answer.Content.ReadAsStreamAsync(cancellation);
            read = await body.ReadAtLeastAsync(buffer, ReadAtMost, throwOnEndOfStream: false, cancellation);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            return string.Empty; // its status says enough
        }

        var text = new string([.. Encoding.UTF8.GetString(buffer, 0, read).Where(c => !char.IsControl(c) && !char.IsSurrogate(c))]).Trim();
        if (text.Length == 0) return string.Empty;
        text = Redactor.Redact(text).Text;
        return $": {(text.Length > ExcerptAtMost ? text[..ExcerptAtMost] + "…" : text)}";
    }

    private static string Describe(HttpRequestException exception) => exception switch
    {
        { InnerException: AddressRefusedException refused } => refused.Message,
        { InnerException: AuthenticationException } => "its certificate is not one that is trusted for its name",
        { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } } => "its name has no address",
        { InnerException: SocketException socket } => $"no connection: {socket.SocketErrorCode}",
        _ => $"no answer: {exception.HttpRequestError}",
    };
}
