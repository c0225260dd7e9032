using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Ledger.GraphQL.Http.EventStreams;

/// <summary>
/// Event streams that several operations share (GraphQL over SSE, "single connection mode"). A client reserves a stream by PUT, opens it
/// by GET, and asks for operations by requests of their own that name its token. Thread-safe.
/// </summary>
/// <param name="options">By default everything's default.</param>
/// <param name="time">The clock of reservations; by default the system's.</param>
public sealed class SharedStreams(SharedStreamOptions? options = null, TimeProvider? time = null)
{
    private const int TokenBytes = 32;

    private readonly SharedStreamOptions _options = options ?? new SharedStreamOptions();
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly ConcurrentDictionary<string, SharedStream> _streams = new(StringComparer.Ordinal);

    /// <summary>How many are reserved or open.</summary>
    public int Count => _streams.Count;

    /// <summary>Answers what is about a stream and not about an operation; null for everything else.</summary>
    internal async ValueTask<HttpAnswer?> TryAnswerAsync(HttpRequestParts http, Acceptance accepted, CancellationToken cancellationToken)
    {
        if (http.Method == "PUT") return await ReserveAsync().ConfigureAwait(false);
        if (TokenOf(http) is not { } token) return null;
        var mediaType = accepted.MediaType ?? MediaTypes.Json;
        // Tokens are random beyond guessing: who knows one has reserved it.
        if (!_streams.TryGetValue(token, out var stream)) return GraphQLHttpHandler.Refusal(ResponseStatus.NotFound, "There is no such stream.", mediaType);
        if (http.Method == "DELETE")
        {
            if (RequestQueryString.Find(http.QueryString, "operationId") is not { } id)
                return GraphQLHttpHandler.Refusal(ResponseStatus.BadRequest, "The parameter \"operationId\" is missing.", mediaType);
            await stream.StopAsync(id).ConfigureAwait(false);
            return new HttpAnswer(ResponseStatus.Ok, null);
        }

        if (!accepted.EventStream) return null;
        return stream.TryOpen()
            ? new HttpAnswer(ResponseStatus.Ok, MediaTypes.EventStream) { Events = stream.ReadAsync(() => _streams.TryRemove(token, out _), cancellationToken) }
            : GraphQLHttpHandler.Refusal(ResponseStatus.Conflict, "The stream is open already.", mediaType);
    }

    /// <summary>The stream that a request's operation is for; null when it has an answer of its own.</summary>
    internal SharedStream? Find(in HttpRequestParts http) => TokenOf(http) is { } token ? _streams.GetValueOrDefault(token) : null;

    private async ValueTask<HttpAnswer> ReserveAsync()
    {
        await DropExpiredAsync().ConfigureAwait(false);
        if (_streams.Count >= _options.StreamsMax)
            return GraphQLHttpHandler.Refusal(ResponseStatus.TooManyRequests, "There are too many streams.", MediaTypes.Json);
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes));
        _streams[token] = new SharedStream(_options, _time.GetTimestamp());
        return new HttpAnswer(ResponseStatus.Created, "text/plain; charset=utf-8") { Text = Encoding.ASCII.GetBytes(token) };
    }

    // What was reserved and never opened. Opening it now is refused before its operations are ended.
    private async ValueTask DropExpiredAsync()
    {
        foreach (var (token, stream) in _streams)
        {
            if (_time.GetElapsedTime(stream.ReservedAt) > _options.ReservationTime && stream.TryOpen() && _streams.TryRemove(token, out _)) await stream.CloseAsync().ConfigureAwait(false);
        }
    }

    private static string? TokenOf(in HttpRequestParts http) => http.EventStreamToken ?? RequestQueryString.Find(http.QueryString, "token");
}
