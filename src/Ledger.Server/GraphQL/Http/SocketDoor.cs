using System.Text.Json;
using Ledger.GraphQL.Execution;
using Ledger.GraphQL.Http.WebSockets;
using Ledger.Server.Auth;
using Ledger.Server.Http;

namespace Ledger.Server.GraphQL.Http;

/// <summary>
/// Lets sockets in. The token is in the header <c>Authorization</c>, or, because a browser's script cannot send that, in <c>authorization</c> of what the client
/// says first; who brings none has three seconds and then goes.
/// </summary>
internal sealed class SocketDoor(GraphQLService service, Authentication authentication, Busyness busyness, IHostApplicationLifetime lifetime)
{
    public async Task ServeAsync(HttpContext http)
    {
        Identity? known = null;
        if (http.Request.Headers.Authorization.Count > 0)
        {
            if (!(await authentication.IdentifyAsync(http)).Succeeded(out known, out var problem))
            {
                await problem.ExecuteAsync(http);
                return;
            }

            http.SetCaller(known.Caller);
        }

        // Until it is known who it is, an address stands for them.
        using var open = busyness.TryOpen(known is null ? $"address {http.Connection.RemoteIpAddress}" : known.Caller.Subject);
        if (open is null)
        {
            await new Problem(StatusCodes.Status429TooManyRequests, "too_many_operations", "too many sockets are open", "close one, or try again in a moment") { RetryAfterSeconds = 1 }.ExecuteAsync(http);
            return;
        }

        IDisposable? connected = null;
        try
        {
            var offered = http.WebSockets.WebSocketRequestedProtocols;
            using var socket = await http.WebSockets.AcceptWebSocketAsync(offered.Contains(TransportWsOptions.Subprotocol) ? TransportWsOptions.Subprotocol : null);
            var options = new TransportWsOptions { MessageBytesMax = GraphQLService.BodyBytesMax, OperationsMax = 20, Connect = ConnectAsync };
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
            await TransportWsConnection.RunAsync(socket, service.Executor, options, ended.Token);
        }
        finally
        {
            connected?.Dispose();
        }

        async ValueTask<GraphQLRequest?> ConnectAsync(JsonElement payload, CancellationToken cancellation)
        {
            var identity = known;
            if (Authorization(payload) is { } authorization && !(await authentication.IdentifyAsync(authorization, cancellation)).Succeeded(out identity, out _)) return null;
            if (identity is null) return null;
            if (known is null && (connected = busyness.TryOpen(identity.Caller.Subject)) is null) return null;
            return service.About(identity.Caller, giveUp => authentication.IsStillGoodAsync(identity, giveUp));
        }
    }

    private static string? Authorization(JsonElement payload)
    {
        try
        {
            return payload.ValueKind == JsonValueKind.Object && payload.TryGetProperty("authorization", out var authorization) && authorization.ValueKind == JsonValueKind.String
                ? authorization.GetString()
                : null;
        }
        catch (InvalidOperationException)
        {
            // An escape of half a character, which no token has.
            return null;
        }
    }
}
