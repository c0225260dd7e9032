using Ledger.GraphQL.Http;
using Ledger.Server.Auth;
using Ledger.Server.GraphQL.Explorer;
using Ledger.Server.GraphQL.Requests;
using Ledger.Server.Http;

namespace Ledger.Server.GraphQL.Http;

/// <summary>
/// <c>/graphql</c>: questions by POST and GET, event streams in both modes of GraphQL over SSE, sockets of <c>graphql-transport-ws</c>, and for browsers a
/// page. It asks for a token by itself, because a socket may bring it in its first message and the page needs none.
/// </summary>
internal static class GraphQLEndpoint
{
    public const string Path = "/graphql";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods(Path, [HttpMethods.Get, HttpMethods.Post, HttpMethods.Put, HttpMethods.Delete, HttpMethods.Options], HandleAsync)
            .WithMetadata(Access.Public).ExcludeFromDescription().DisableRequestTimeout();
        routes.MapGet($"{Path}/schema.graphql", (HttpContext http, GraphQLService service) => service.MayKnowSchema(http.Caller())
                ? Results.Text(LedgerSchema.Text, "text/plain; charset=utf-8")
                : new Problem(StatusCodes.Status403Forbidden, "role_not_allowed", "the role may not ask what can be asked", "the operator names those that may: Ledger__GraphQL__IntrospectionRoles"))
            .WithMetadata(Access.AnyRole).ExcludeFromDescription();
    }

    private static async Task HandleAsync(HttpContext http, GraphQLService service, Authentication authentication, Busyness busyness, SocketDoor sockets, GraphQLSettings settings)
    {
        if (!OriginCheck.Allows(http.Request, settings.Origins))
        {
            await new Problem(StatusCodes.Status403Forbidden, "origin_not_allowed", "pages of that origin may not ask here", "the operator names those that may: Ledger__GraphQL__Origins__0").ExecuteAsync(http);
            return;
        }

        if (OriginCheck.AnswersPreflight(http, settings.Origins)) return;
        if (http.WebSockets.IsWebSocketRequest)
        {
            await sockets.ServeAsync(http);
            return;
        }

        if (ExplorerPage.IsWantedBy(http.Request))
        {
            await ExplorerPage.ShowAsync(http);
            return;
        }

        if (!(await authentication.IdentifyAsync(http)).Succeeded(out var identity, out var problem))
        {
            await problem.ExecuteAsync(http);
            return;
        }

        http.SetCaller(identity.Caller);
        var read = await RequestBody.ReadAsync(http, GraphQLService.BodyBytesMax, "body_too_large", gzip: true);
        if (!read.Succeeded(out var body, out problem))
        {
            await problem.ExecuteAsync(http);
            return;
        }

        await AnswerAsync(http, service, busyness, authentication, identity, body);
    }

    private static async Task AnswerAsync(HttpContext http, GraphQLService service, Busyness busyness, Authentication authentication, Identity identity, byte[] body)
    {
        // What goes on for long ends when the server stops, and does not keep it waiting.
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, http.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        HttpAnswer? answer = null;
        using (var answering = busyness.TryAnswer())
        {
            if (answering is not null) answer = await service.Handler.AnswerAsync(Parts(http.Request, body), service.About(identity.Caller, cancellation => authentication.IsStillGoodAsync(identity, cancellation)), ended.Token);
        }

        using var answered = answer;
        using var open = answer?.Events is null ? null : busyness.TryOpen(identity.Caller.Subject);
        if (answer is null || (answer.Events is not null && open is null))
        {
            if (answer?.Events is { } unheard) await LeaveAsync(unheard);
            await new Problem(StatusCodes.Status429TooManyRequests, "too_many_operations", "too much is asked at a time", "ask again in a moment") { RetryAfterSeconds = 1 }.ExecuteAsync(http);
            return;
        }

        await WriteAsync(http.Response, answer, ended.Token);
    }

    // What holds it is given back by its enumerator alone, once that has begun.
    private static async ValueTask LeaveAsync(IAsyncEnumerable<ReadOnlyMemory<byte>> events)
    {
        await using var begun = events.GetAsyncEnumerator();
        await begun.MoveNextAsync();
    }

    private static HttpRequestParts Parts(HttpRequest request, byte[] body) => new()
    {
        Method = request.Method,
        QueryString = request.QueryString.Value,
        ContentType = request.ContentType,
        Accept = request.Headers.Accept.Count == 0 ? null : string.Join(',', request.Headers.Accept.AsEnumerable()),
        Cost = request.Headers["GraphQL-Cost"],
        EventStreamToken = request.Headers["X-GraphQL-Event-Stream-Token"],
        Body = body,
    };

    private static async Task WriteAsync(HttpResponse response, HttpAnswer answer, CancellationToken cancellation)
    {
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        if (answer.Allow is { } allow) response.Headers.Allow = allow;
        if (answer.Errors.Any(error => error.Code == Codes.Unavailable)) response.Headers.RetryAfter = "1";

        // What went wrong is told in the answer, which is complete: the pipeline has nothing to add.
        if (answer.Status >= StatusCodes.Status400BadRequest) response.HttpContext.Items[typeof(Problem)] = answer.Errors is [var error, ..] ? error.Code : "refused";
        if (answer.Events is null)
        {
            response.ContentLength = answer.Body.Length;
            await response.Body.WriteAsync(answer.Body, cancellation);
            return;
        }

        try
        {
            await foreach (var part in answer.Events.WithCancellation(cancellation))
            {
                await response.Body.WriteAsync(part, cancellation);
                await response.Body.FlushAsync(cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The client has gone.
        }
    }
}
