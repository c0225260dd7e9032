using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Serialization.Metadata;

namespace Ledger.Cli.Server;

/// <summary>
/// Asks a ledger, and has it record. A question is asked once. A command is sent again, under the same idempotency key, while the server is
/// away; the server records it once however often it arrives. What cannot be known is said to be unknown.
/// </summary>
internal sealed class LedgerClient : IDisposable
{
    private const int MaxAnswerBytes = 64 * 1024 * 1024;
    private const string ProductName = "ledger-cli";

    private readonly HttpClient _http;
    private readonly ServerAddress _address;
    private readonly TimeProvider _time;
    private readonly TimeSpan _timeout;

    /// <param name="address">The server.</param>
    /// <param name="token">Sent with every request, to nobody else: redirects are not followed.</param>
    /// <param name="timeout">How long everything may take, waiting between attempts included.</param>
    /// <param name="time">The clock, and how to wait.</param>
    public LedgerClient(ServerAddress address, string token, TimeSpan timeout, TimeProvider time)
    {
        (_address, _timeout, _time) = (address, timeout, time);
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = !address.IsLocal })
        {
            BaseAddress = address.Base,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        _http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        _http.DefaultRequestHeaders.CacheControl = new CacheControlHeaderValue { NoCache = true };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue(ProductName, null));
    }

    /// <summary>Asks a question.</summary>
    /// <param name="path">What is asked for.</param>
    /// <param name="type">What is promised.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="patient">Whether it is asked again while the server is away, as a command is.</param>
    public async Task<Result<Answer<T>>> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken, bool patient = false)
        where T : class
    {
        using var deadline = Deadline(cancellationToken);
        var failure = Away(TooLate);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                var retryAfter = default(TimeSpan?);
                using var request = new HttpRequestMessage(HttpMethod.Get, path);
                switch (await Attempt.SendAsync(_http, request, MaxAnswerBytes, deadline.Token).ConfigureAwait(false))
                {
                    case Attempt.Answered { Status: 200 } answered:
                        return Read(answered, type);
                    case Attempt.Answered answered:
                        failure = ProblemDocument.Read(answered.Status, answered.Body);
                        if (!patient || !answered.IsTransient) return failure;
                        retryAfter = answered.RetryAfter;
                        break;
                    case Attempt.Lost lost:
                        failure = Away(lost.Reason);
                        if (!patient) return failure;
                        break;
                }

                await Task.Delay(Backoff.After(attempt, retryAfter), _time, deadline.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return failure;
        }
    }

    /// <summary>Has something recorded, by POST: <see cref="SendAsync"/>.</summary>
    public Task<Result<Answer<T>>> PostAsync<T>(
        string path, string key, ReadOnlyMemory<byte> body, string mediaType, JsonTypeInfo<T> type, Func<T, string?> contradiction, CancellationToken cancellationToken)
        where T : class =>
        SendAsync(HttpMethod.Post, path, key, body, mediaType, type, contradiction, cancellationToken);

    /// <summary>Has something recorded.</summary>
    /// <param name="method">How it is said.</param>
    /// <param name="path">Where.</param>
    /// <param name="key">The idempotency key: the same for every attempt.</param>
    /// <param name="body">What is recorded.</param>
    /// <param name="mediaType">What <paramref name="body"/> is.</param>
    /// <param name="type">What is promised as the answer.</param>
    /// <param name="contradiction">Says what about the answer cannot be; null when nothing is.</param>
    /// <param name="cancellationToken">Gives up; the outcome is unknown then.</param>
    public async Task<Result<Answer<T>>> SendAsync<T>(
        HttpMethod method, string path, string key, ReadOnlyMemory<byte> body, string mediaType, JsonTypeInfo<T> type, Func<T, string?> contradiction, CancellationToken cancellationToken)
        where T : class
    {
        using var deadline = Deadline(cancellationToken);
        var maybeRecorded = false;
        var failure = Away(TooLate);
        for (var attempt = 1; ; attempt++)
        {
            var sending = false;
            try
            {
                using var request = NewRequest(method, path, key, body, mediaType);
                sending = true;
                var outcome = await Attempt.SendAsync(_http, request, MaxAnswerBytes, deadline.Token).ConfigureAwait(false);
                sending = false;

                var retryAfter = default(TimeSpan?);
                switch (outcome)
                {
                    case Attempt.Answered { IsSuccess: true } answered:
                        if (!Read(answered, type).TryGet(out var value, out var garbled)) return Unsettled(garbled);
                        return contradiction(value.Value) is { } what ? Unsettled(Failure.Garbled(what)) : value;
                    case Attempt.Answered answered:
                        failure = ProblemDocument.Read(answered.Status, answered.Body);
                        maybeRecorded |= outcome.MayBeRecorded && !ProblemDocument.SaysNothingWasRecorded(failure);
                        if (!answered.IsTransient) return Settle(failure, answered.Status, maybeRecorded);
                        retryAfter = answered.RetryAfter;
                        break;
                    case Attempt.Lost lost:
                        failure = Away(lost.Reason);
                        maybeRecorded |= outcome.MayBeRecorded;
                        break;
                }

                await Task.Delay(Backoff.After(attempt, retryAfter), _time, deadline.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                if (cancellationToken.IsCancellationRequested) failure = Failure.Unknown("interrupted", "interrupted");
                return maybeRecorded || sending ? Unsettled(failure) : failure with { OutcomeUnknown = false };
            }
        }
    }

    /// <summary>Fetches something of any length into a stream.</summary>
    /// <param name="path">What is fetched.</param>
    /// <param name="mediaType">What is promised.</param>
    /// <param name="target">Receives it; what it holds is worth nothing when the answer is a failure.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many bytes there were.</returns>
    public async Task<Result<long>> DownloadAsync(string path, string mediaType, Stream target, CancellationToken cancellationToken)
    {
        using var deadline = Deadline(cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(mediaType));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/problem+json"));
        try
        {
            return await Attempt.DownloadAsync(_http, request, mediaType, target, MaxAnswerBytes, deadline.Token).ConfigureAwait(false) switch
            {
                (Attempt.Answered { IsSuccess: true }, var length) => length,
                (Attempt.Answered answered, _) => ProblemDocument.Read(answered.Status, answered.Body),
                (Attempt.Lost lost, _) => Away(lost.Reason),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Away(TooLate);
        }
    }

    public void Dispose() => _http.Dispose();

    private string TooLate => string.Create(CultureInfo.InvariantCulture, $"no answer within {_timeout.TotalSeconds:0.###} s");

    private static HttpRequestMessage NewRequest(HttpMethod method, string path, string key, ReadOnlyMemory<byte> body, string mediaType)
    {
        var content = new ReadOnlyMemoryContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Add("Idempotency-Key", key);
        return request;
    }

    private static Result<Answer<T>> Read<T>(Attempt.Answered answered, JsonTypeInfo<T> type)
        where T : class =>
        Answers.Read(answered.Body, type) is { } answer ? answer : Failure.Garbled("it is not what was asked for");

    private Failure Away(string reason) =>
        Failure.Unknown("server_away", $"cannot reach the ledger at {_address}: {reason}", "check LEDGER_URL, and that the server runs");

    // A refusal settles what became of the attempts before it, since the server looks the key up first; a refusal to listen does not.
    private static Failure Settle(Failure failure, int status, bool maybeRecorded) =>
        maybeRecorded && (failure.ExitCode == ExitCode.Unknown || status is 401 or 403) ? Unsettled(failure) : failure;

    private static Failure Unsettled(Failure failure) => failure with { ExitCode = ExitCode.Unknown, OutcomeUnknown = true };

    private CancellationTokenSource Deadline(CancellationToken cancellationToken)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        source.CancelAfter(_timeout);
        return source;
    }
}
