using Ledger.Server.Auth;
using Ledger.Server.Http;
using Ledger.Store;
using Ledger.Store.Outbox;

namespace Ledger.Server.Webhooks;

/// <summary>Shows who is told of events, and how far they have come.</summary>
internal static class ListWebhooks
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/webhooks", HandleAsync)
        .Describe(
            Access.Delivering, "listWebhooks", "List receivers of webhooks",
            "Every receiver with its place in the log: everything that it wants up to there was delivered or is a dead letter. One that is not configured any more keeps its place. Roles: compliance, admin.")
        .Produces<WebhookListAnswer>()
        .Fails(StatusCodes.Status403Forbidden);

    private static async Task<IResult> HandleAsync(HttpContext http, LedgerStore store, WebhookSettings settings, TimeProvider clock)
    {
        var standings = await store.OutboxStandings.ListAsync(http.RequestAborted);
        var now = clock.GetUtcNow();
        return Answer.Ok(
            new WebhookListAnswer([.. standings.Select(standing => WebhookAnswer.Of(standing, settings.Receivers.FirstOrDefault(receiver => receiver.Name == standing.Name), now))]),
            ApiJson.Answers.WebhookListAnswer);
    }
}

/// <summary>Receivers of webhooks.</summary>
/// <param name="Receivers">By name.</param>
internal sealed record WebhookListAnswer(IReadOnlyList<WebhookAnswer> Receivers);

/// <summary>A receiver of webhooks.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Configured">Whether the server that answers has it in its configuration.</param>
/// <param name="Address">Scheme, host and port of where it is told.</param>
/// <param name="Events">The events it is told of; absent for all.</param>
/// <param name="Services">The services whose releases it is told of; absent for everything.</param>
/// <param name="AfterDeadLetter">'continue' or 'wait': what becomes of a release's later messages after a dead letter.</param>
/// <param name="Sequence">Everything that it wants up to this place in the log was delivered or is a dead letter.</param>
/// <param name="Lag">How far it is behind.</param>
/// <param name="Streams">The releases, policies and signers of which something is to be delivered.</param>
/// <param name="Retrying">Of these, the ones whose next message failed at least once.</param>
/// <param name="Problem">Why the oldest of these failed the last time.</param>
/// <param name="DeadLetters">How many messages it did not take, however often they were tried.</param>
/// <param name="Node">The node that delivers to it; absent where none does.</param>
internal sealed record WebhookAnswer(
    string Name,
    bool Configured,
    string? Address,
    IReadOnlyList<string>? Events,
    IReadOnlyList<string>? Services,
    string? AfterDeadLetter,
    long Sequence,
    WebhookLag Lag,
    long Streams,
    long Retrying,
    string? Problem,
    long DeadLetters,
    string? Node)
{
    public static WebhookAnswer Of(OutboxStanding standing, WebhookReceiver? receiver, DateTimeOffset now) => new(
        standing.Name, receiver is not null, receiver?.Address, receiver?.Wants.Events, receiver?.Wants.Services,
        receiver is null ? null : receiver.Wants.WaitsForDeadLetters ? "wait" : "continue",
        standing.Sequence, new WebhookLag(standing.LagEvents, Math.Round(standing.LagSeconds(now), 3)), standing.Streams, standing.Retrying, standing.Problem, standing.DeadLetters, standing.Holder);
}

/// <summary>How far a receiver is behind.</summary>
/// <param name="Events">Events of the log after its place, wanted or not.</param>
/// <param name="Seconds">How long the oldest of them has been there.</param>
internal sealed record WebhookLag(long Events, double Seconds);
