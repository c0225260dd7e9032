using Ledger.Server.Auth;
using Ledger.Server.Http;
using Ledger.Store;

namespace Ledger.Server.Webhooks;

/// <summary>Has messages that a receiver did not take tried anew.</summary>
internal static class ReplayDeadLetters
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/webhooks/{name}/dead-letters/{id}/replay", OneAsync)
            .Describe(
                Access.Replaying, "replayDeadLetter", "Replay a dead letter",
                "It is tried anew, as often as any message, and is a dead letter until it is taken. Asking twice is asking once. Role: admin.")
            .Produces<ReplayAnswer>()
            .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound);
        routes.MapPost("/v1/webhooks/{name}/dead-letters/replay", AllAsync)
            .Describe(
                Access.Replaying, "replayDeadLetters", "Replay a receiver's dead letters",
                "All of them, those of a release in their order. Asking twice is asking once. Role: admin.")
            .Produces<ReplayAnswer>()
            .Fails(StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> OneAsync(string name, string id, HttpContext http, LedgerStore store, TimeProvider clock)
    {
        if (!Parameter.Number("id", id, 1, long.MaxValue, 1).Succeeded(out var sequence, out var problem)) return problem;
        if (!await ListDeadLetters.IsKnownAsync(store, name, http.RequestAborted)) return ListDeadLetters.Unknown(name);
        var replayed = await store.DeadLetters.ReplayAsync(name, sequence, clock.GetUtcNow(), http.RequestAborted);
        return replayed == 1
            ? Answer.Ok(new ReplayAnswer(name, replayed), ApiJson.Answers.ReplayAnswer)
            : Problems.NotFound("dead_letter_unknown", $"'{name}' has no dead letter {sequence}", $"list what is there: GET /v1/webhooks/{name}/dead-letters");
    }

    private static async Task<IResult> AllAsync(string name, HttpContext http, LedgerStore store, TimeProvider clock) =>
        await ListDeadLetters.IsKnownAsync(store, name, http.RequestAborted)
            ? Answer.Ok(new ReplayAnswer(name, await store.DeadLetters.ReplayAsync(name, null, clock.GetUtcNow(), http.RequestAborted)), ApiJson.Answers.ReplayAnswer)
            : ListDeadLetters.Unknown(name);
}

/// <summary>Dead letters are tried anew.</summary>
/// <param name="Receiver">Whose.</param>
/// <param name="Replayed">How many.</param>
internal sealed record ReplayAnswer(string Receiver, int Replayed);
