using Ledger.GraphQL.Execution;
using Ledger.GraphQL.Http.EventStreams;
using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Http;

/// <summary>
/// GraphQL over HTTP, and over server-sent events, as a function from request to answer: a host copies a request in and an answer out.
/// Requests are POST of JSON, or GET without mutations; what a browser would send to another site unasked (forms, plain text) is refused,
/// so no page can make its visitor change anything. Thread-safe.
/// </summary>
/// <param name="executor">Executes.</param>
/// <param name="options">By default everything's default.</param>
public sealed class GraphQLHttpHandler(GraphQLExecutor executor, GraphQLHttpOptions? options = null)
{
    private const string JsonContentType = $"{MediaTypes.Json}; charset=utf-8";
    private const string ResponseContentType = $"{MediaTypes.GraphQLResponse}; charset=utf-8";

    private readonly GraphQLHttpOptions _options = options ?? new GraphQLHttpOptions();

    /// <summary>Answers a request.</summary>
    /// <param name="http">The HTTP request.</param>
    /// <param name="about">What the host knows of the request: the caller's state, its rules. Its document and variables are not looked at.</param>
    /// <param name="cancellationToken">Cancelled when the client has gone.</param>
    public async ValueTask<HttpAnswer> AnswerAsync(HttpRequestParts http, GraphQLRequest about, CancellationToken cancellationToken = default)
    {
        var accepted = Acceptance.Of(http.Accept);
        var mediaType = accepted.MediaType ?? MediaTypes.Json;
        if (_options.SharedStreams is { } shared && await shared.TryAnswerAsync(http, accepted, cancellationToken).ConfigureAwait(false) is { } answer) return answer;
        if (Refuse(http, accepted, mediaType) is { } refusal) return refusal;
        var isGet = http.Method == "GET";
        var isRead = isGet
            ? RequestQueryString.TryRead(http.QueryString, out var parameters, out var problem)
            : RequestJson.TryRead(http.Body, out parameters, out problem);
        if (!isRead) return Refusal(ResponseStatus.BadRequest, problem!, mediaType);
        try
        {
            about = about with { RefuseMutations = isGet, CostReporting = CostOf(http.Cost, about.CostReporting) };
            if (parameters!.ToRequest(about, out problem) is not { } request) return Refusal(ResponseStatus.BadRequest, problem!, mediaType);
            var prepared = await executor.PrepareAsync(request, cancellationToken).ConfigureAwait(false);
            if (_options.SharedStreams?.Find(http) is { } stream)
            {
                var started = stream.Start(executor, prepared, parameters, mediaType);
                if (started.Status == ResponseStatus.Accepted) parameters = null;
                return started;
            }

            if (accepted.EventStream && (prepared.IsSubscription || accepted.MediaType is null))
            {
                var events = EventStream.Of(executor.SubscribeAsync(prepared, cancellationToken), parameters, _options.KeepAlive, cancellationToken);
                parameters = null;
                return new HttpAnswer(ResponseStatus.Ok, MediaTypes.EventStream) { Events = events };
            }

            return ToAnswer(await executor.ExecuteAsync(prepared, cancellationToken).ConfigureAwait(false), mediaType, isGet);
        }
        finally
        {
            parameters?.Dispose();
        }
    }

    /// <summary>An answer to what is no request of GraphQL; its status is an error whatever the client can read.</summary>
    internal static HttpAnswer Refusal(int status, string message, string mediaType, string? allow = null) =>
        new(status, ContentTypeOf(mediaType), ExecutionResult.Refused(new GraphQLError(message, ErrorCodes.BadRequest, []))) { Allow = allow };

    internal static string ContentTypeOf(string mediaType) => mediaType == MediaTypes.Json ? JsonContentType : ResponseContentType;

    private HttpAnswer? Refuse(in HttpRequestParts http, Acceptance accepted, string mediaType)
    {
        if (http.Method is not ("GET" or "POST")) return Refusal(ResponseStatus.MethodNotAllowed, "Requests are GET or POST.", mediaType, "GET, POST");
        if (accepted is { MediaType: null, EventStream: false })
            return Refusal(ResponseStatus.NotAcceptable, $"Answers are {MediaTypes.GraphQLResponse}, {MediaTypes.Json} or {MediaTypes.EventStream}.", mediaType);
        if (http.QueryString?.Length > _options.QueryStringMax) return Refusal(ResponseStatus.UriTooLong, "The query string is too long.", mediaType);
        if (http.Method == "GET") return null;
        if (!MediaTypes.Is(http.ContentType, MediaTypes.Json)) return Refusal(ResponseStatus.UnsupportedMediaType, $"Requests are {MediaTypes.Json} in UTF-8.", mediaType);
        return http.Body.Length > _options.BodyBytesMax ? Refusal(ResponseStatus.ContentTooLarge, "The body is too long.", mediaType) : null;
    }

    private static CostReporting CostOf(string? header, CostReporting otherwise) => header switch
    {
        "report" => CostReporting.Report,
        "validate" => CostReporting.ReportOnly,
        _ => otherwise,
    };

    private static HttpAnswer ToAnswer(ExecutionResult result, string mediaType, bool isGet)
    {
        var isRefusedMutation = isGet && !result.HasData && result.Operation == OperationType.Mutation && result.Errors[0].Code == ErrorCodes.OperationNotAllowed;
        return isRefusedMutation
            ? new HttpAnswer(ResponseStatus.MethodNotAllowed, ContentTypeOf(mediaType), result) { Allow = "POST" }
            : new HttpAnswer(ResponseStatus.Of(result, mediaType), ContentTypeOf(mediaType), result);
    }
}
