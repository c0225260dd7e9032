using System.Globalization;
using System.Text.Json.Serialization;
using Ledger.Domain;
using Ledger.Domain.Releases;
using Ledger.Server.Auth;
using Ledger.Server.Http;
using Ledger.Store;
using Ledger.Store.Outbox;

namespace Ledger.Server.Webhooks;

/// <summary>Puts away what a receiver will never take, with a reason, and shows what was.</summary>
internal static class DiscardDeadLetters
{
    private const int ReasonAtMost = 2000;
    private const int PageAtMost = 500;
    private const int PageByDefault = 100;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/webhooks/{name}/dead-letters/{id}/discard", DiscardAsync)
            .Describe(
                Access.Replaying, "discardDeadLetter", "Discard a dead letter",
                "The receiver is not told of the event any more, and a stream that waited for it goes on. That it was discarded, by whom and why, stays on record. Asking twice is asking once. Role: admin.")
            .Accepts<DiscardRequest>("application/json")
            .Produces<DiscardAnswer>()
            .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType, StatusCodes.Status422UnprocessableEntity);
        routes.MapGet("/v1/webhooks/{name}/discards", ListAsync)
            .Describe(
                Access.Delivering, "listDiscards", "List a receiver's discarded dead letters",
                "What it was never told, by whose decision and why, in the order of the log. 'limit' is 1 to 500 (100 by default); 'after' is the 'next' of the page before. Roles: compliance, admin.")
            .Produces<DiscardsAnswer>()
            .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> DiscardAsync(string name, string id, HttpContext http, LedgerStore store, TimeProvider clock, ILogger<WebhookFollower> logger)
    {
        if (!Parameter.Number("id", id, 1, long.MaxValue, 1).Succeeded(out var sequence, out var problem)) return problem;
        var read = await JsonBody.ReadAsync(http, ApiJson.Default.DiscardRequest);
        if (!read.Succeeded(out var body, out problem)) return problem;
        var reason = FreeText.Redact(body.Value.Reason).Trim();
        if (reason.Length is 0 or > ReasonAtMost)
            return new Problem(StatusCodes.Status422UnprocessableEntity, "reason_invalid", $"the reason has {reason.Length} characters", $"say why in 1 to {ReasonAtMost} characters");
        if (!await ListDeadLetters.IsKnownAsync(store, name, http.RequestAborted)) return ListDeadLetters.Unknown(name);
        var by = http.Caller().Subject;
        if (!await store.DeadLetters.DiscardAsync(name, sequence, by, reason, clock.GetUtcNow(), http.RequestAborted))
            return Problems.NotFound("dead_letter_unknown", $"'{name}' has no dead letter {sequence}", $"list what is there: GET /v1/webhooks/{name}/dead-letters");
        logger.Discarded(name, sequence, by);
        return Answer.Ok(new DiscardAnswer(name, sequence), ApiJson.Answers.DiscardAnswer);
    }

    private static async Task<IResult> ListAsync(string name, string? after, string? limit, HttpContext http, LedgerStore store)
    {
        if (!Parameter.Number("after", after, 0, long.MaxValue, 0).Succeeded(out var from, out var problem)) return problem;
        if (!Parameter.Number("limit", limit, 1, PageAtMost, PageByDefault).Succeeded(out var count, out problem)) return problem;
        if (!await ListDeadLetters.IsKnownAsync(store, name, http.RequestAborted)) return ListDeadLetters.Unknown(name);
        var letters = await store.DeadLetters.DiscardsAsync(name, from, (int)count + 1, http.RequestAborted);
        var page = letters.Take((int)count).Select(DiscardedLetterAnswer.Of).ToList();
        return Answer.Ok(new DiscardsAnswer(name, page, letters.Count > count ? page[^1].Id.ToString(CultureInfo.InvariantCulture) : null), ApiJson.Answers.DiscardsAnswer);
    }
}

/// <summary>Why a dead letter is put away.</summary>
/// <param name="Reason">1 to 2,000 characters.</param>
internal sealed record DiscardRequest(string Reason);

/// <summary>A dead letter was put away.</summary>
/// <param name="Receiver">Whose.</param>
/// <param name="Discarded">Which: the event's place in the log.</param>
internal sealed record DiscardAnswer(string Receiver, long Discarded);

/// <summary>Some of what a receiver was never told.</summary>
/// <param name="Receiver">Its name.</param>
/// <param name="Discards">In the order of the log.</param>
/// <param name="Next">The 'after' of the next page; absent on the last.</param>
internal sealed record DiscardsAnswer(string Receiver, IReadOnlyList<DiscardedLetterAnswer> Discards, string? Next);

/// <summary>A dead letter that was put away.</summary>
/// <param name="Id">The event's place in the log, from 1.</param>
/// <param name="Event">The event's identity.</param>
/// <param name="Type">What happened, snake_case.</param>
/// <param name="Subject">The release, or the stream of another kind.</param>
/// <param name="Attempts">How often it had been tried.</param>
/// <param name="Problem">What was wrong the last time.</param>
/// <param name="At">When it was put away.</param>
/// <param name="By">Who decided it.</param>
/// <param name="Reason">Why.</param>
internal sealed record DiscardedLetterAnswer(
    long Id, Guid Event, string Type, string Subject, int Attempts, string Problem,
    [property: JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset At, string By, string Reason)
{
    public static DiscardedLetterAnswer Of(DiscardedLetter letter) => new(
        letter.Sequence, letter.EventId, letter.Type, ReleaseId.FromStreamKey(letter.Stream)?.ToString() ?? letter.Stream, letter.Attempts, letter.Problem, letter.At, letter.By, letter.Reason);
}
