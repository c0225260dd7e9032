using System.Globalization;
using System.Text.Json.Serialization;
using Ledger.Domain;
using Ledger.Domain.Releases;
using Ledger.Server.Auth;
using Ledger.Server.Http;
using Ledger.Store;
using Ledger.Store.Outbox;

namespace Ledger.Server.Webhooks;

/// <summary>Shows what a receiver did not take.</summary>
internal static class ListDeadLetters
{
    private const int PageAtMost = 500;
    private const int PageByDefault = 100;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/webhooks/{name}/dead-letters", HandleAsync)
        .Describe(
            Access.Delivering, "listDeadLetters", "List a receiver's dead letters",
            "What it did not take, however often it was tried, in the order of the log. 'limit' is 1 to 500 (100 by default); 'after' is the 'next' of the page before. Roles: compliance, admin.")
        .Produces<DeadLettersAnswer>()
        .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(string name, string? after, string? limit, HttpContext http, LedgerStore store)
    {
        if (!Parameter.Number("after", after, 0, long.MaxValue, 0).Succeeded(out var from, out var problem)) return problem;
        if (!Parameter.Number("limit", limit, 1, PageAtMost, PageByDefault).Succeeded(out var count, out problem)) return problem;
        if (!await IsKnownAsync(store, name, http.RequestAborted)) return Unknown(name);
        var letters = await store.DeadLetters.ListAsync(name, from, (int)count + 1, http.RequestAborted);
        var page = letters.Take((int)count).Select(DeadLetterAnswer.Of).ToList();
        var next = letters.Count > count ? page[^1].Id.ToString(CultureInfo.InvariantCulture) : null;
        return Answer.Ok(new DeadLettersAnswer(name, page, next), ApiJson.Answers.DeadLettersAnswer);
    }

    public static async Task<bool> IsKnownAsync(LedgerStore store, string name, CancellationToken cancellation) =>
        (await store.OutboxStandings.ListAsync(cancellation)).Any(standing => standing.Name == name);

    public static Problem Unknown(string name) => Problems.NotFound("receiver_unknown", $"there is no receiver '{name}'", "list what is there: GET /v1/webhooks");
}

/// <summary>Some of a receiver's dead letters.</summary>
/// <param name="Receiver">Its name.</param>
/// <param name="DeadLetters">In the order of the log.</param>
/// <param name="Next">The 'after' of the next page; absent on the last.</param>
internal sealed record DeadLettersAnswer(string Receiver, IReadOnlyList<DeadLetterAnswer> DeadLetters, string? Next);

/// <summary>A message that a receiver did not take.</summary>
/// <param name="Id">The event's place in the log, from 1: what it is replayed by.</param>
/// <param name="Event">The event's identity, which receivers see as webhook-id.</param>
/// <param name="Type">What happened, snake_case.</param>
/// <param name="Subject">The release, or the stream of another kind.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="FirstAttemptAt">When it was tried first.</param>
/// <param name="LastAttemptAt">When it was tried last.</param>
/// <param name="Status">The last answer's HTTP status; absent where there was none.</param>
/// <param name="Problem">What was wrong the last time.</param>
/// <param name="Replaying">Whether it is being tried anew.</param>
internal sealed record DeadLetterAnswer(
    long Id,
    Guid Event,
    string Type,
    string Subject,
    int Attempts,
    [property: JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset FirstAttemptAt,
    [property: JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset LastAttemptAt,
    int? Status,
    string Problem,
    bool Replaying)
{
    public static DeadLetterAnswer Of(DeadLetter letter) => new(
        letter.Sequence, letter.EventId, letter.Type, ReleaseId.FromStreamKey(letter.Stream)?.ToString() ?? letter.Stream,
        letter.Attempts, letter.FirstAttemptAt, letter.LastAttemptAt, letter.Status, letter.Problem, letter.IsReplaying);
}
