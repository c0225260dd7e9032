using System.Net;
using Ledger.GraphQL.Execution;
using Ledger.GraphQL.Http;
using Ledger.GraphQL.Http.EventStreams;
using Ledger.GraphQL.Http.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Ledger.GraphQL.Tests.Http;

/// <summary>A real HTTP server around the handler, as thin as a host's: it copies a request in and an answer out.</summary>
internal sealed class LiveServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private readonly GraphQLExecutor _executor;
    private readonly GraphQLHttpHandler _handler;
    private readonly TransportWsOptions _sockets;
    private readonly string? _subprotocol;
    private readonly WebApplication _web;

    public LiveServer(GraphQLExecutor? executor = null, TransportWsOptions? sockets = null, string? subprotocol = TransportWsOptions.Subprotocol)
    {
        _executor = executor ?? new GraphQLExecutor(CountingSchema.Create());
        Streams = new SharedStreams();
        _handler = new GraphQLHttpHandler(_executor, new GraphQLHttpOptions { SharedStreams = Streams });
        (_sockets, _subprotocol) = (sockets ?? new TransportWsOptions(), subprotocol);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _web = builder.Build();
        _web.UseWebSockets();
        _web.Run(AnswerAsync);
        _web.Start();
        Url = $"{_web.Urls.Single()}/graphql";
    }

    public string Url { get; }

    public SharedStreams Streams { get; }

    public List<Exception> Failures { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _web.DisposeAsync();
        _ended.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        try
        {
            if (!context.WebSockets.IsWebSocketRequest)
            {
                await AnswerHttpAsync(context);
                return;
            }

            using var socket = await context.WebSockets.AcceptWebSocketAsync(_subprotocol);
            await TransportWsConnection.RunAsync(socket, _executor, _sockets, _ended.Token);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // The client has gone, or the test is over.
        }
        catch (Exception exception)
        {
            lock (Failures) Failures.Add(exception);
        }
    }

    private async Task AnswerHttpAsync(HttpContext context)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(_ended.Token, context.RequestAborted);
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, gone.Token);
        using var answer = await _handler.AnswerAsync(
            new HttpRequestParts
            {
                Method = context.Request.Method,
                QueryString = context.Request.QueryString.Value,
                ContentType = context.Request.ContentType,
                Accept = context.Request.Headers.Accept,
                Cost = context.Request.Headers["GraphQL-Cost"],
                EventStreamToken = context.Request.Headers["X-GraphQL-Event-Stream-Token"],
                Body = body.ToArray(),
            },
            new GraphQLRequest(),
            gone.Token);
        var response = context.Response;
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        if (answer.Allow is { } allow) response.Headers.Allow = allow;
        if (answer.Events is null)
        {
            response.ContentLength = answer.Body.Length;
            await response.Body.WriteAsync(answer.Body, gone.Token);
            return;
        }

        await foreach (var part in answer.Events)
        {
            await response.Body.WriteAsync(part, gone.Token);
            await response.Body.FlushAsync(gone.Token);
        }
    }
}
