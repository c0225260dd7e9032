using System.Globalization;
using System.Text.Json.Serialization;
using Ledger.Domain;
using Ledger.Domain.ExternalEvents;
using Ledger.Server.Auth;
using Ledger.Server.Http;
using Ledger.Store;

namespace Ledger.Server.Events;

/// <summary>Lists events of other systems that fit no release.</summary>
internal static class ListUnassigned
{
    private const int PageAtMost = 200;
    private const int PageByDefault = 50;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/events/unassigned", HandleAsync)
        .Describe(
            Access.Sorting, "listUnassignedEvents", "List events that fit no release",
            "In the order in which they came, those that are on record for no release yet. With 'source' and 'id': what came under that name, assigned or not. "
            + "'limit' is 1 to 200 (50 by default); 'after' is the 'next' of the page before. They may be about any service, so the token must be for all of them. Roles: auditor, compliance, release-manager, admin.")
        .Produces<UnassignedAnswer>()
        .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status403Forbidden);

    private static async Task<IResult> HandleAsync(string? source, string? id, string? after, string? limit, HttpContext http, LedgerStore store)
    {
        if (!Parameter.Number("after", after, 0, long.MaxValue, 0).Succeeded(out var from, out var problem)) return problem;
        if (!Parameter.Number("limit", limit, 1, PageAtMost, PageByDefault).Succeeded(out var count, out problem)) return problem;
        if (source is null != id is null) return Problems.Malformed("parameter_invalid", "'source' and 'id' name an event together", "give both, or neither");
        if (source?.Contains('\0', StringComparison.Ordinal) == true || id?.Contains('\0', StringComparison.Ordinal) == true)
            return Problems.Malformed("parameter_invalid", "'source' or 'id' holds U+0000, which none has");

        // Under the name that it is kept by.
        var found = source is not null && id is not null
            ? await store.Inbox.NamedAsync(FreeText.Redact(source), FreeText.Redact(id), from, (int)count + 1, http.RequestAborted)
            : await store.Inbox.UnassignedAsync(from, (int)count + 1, http.RequestAborted);
        var page = found.Take((int)count).Select(UnassignedEvent.Of).ToList();
        return Answer.Ok(new UnassignedAnswer(page, found.Count > count ? page[^1].Sequence.ToString(CultureInfo.InvariantCulture) : null), ApiJson.Answers.UnassignedAnswer);
    }
}

/// <summary>Some events that fit no release.</summary>
/// <param name="Events">In the order in which they came.</param>
/// <param name="Next">The 'after' of the next page; absent on the last.</param>
internal sealed record UnassignedAnswer(IReadOnlyList<UnassignedEvent> Events, string? Next);

/// <summary>An event that fitted no release when it came.</summary>
/// <param name="Sequence">Its place in the log, from 1: what it is assigned by.</param>
/// <param name="Source">Who sent it.</param>
/// <param name="Id">Its id at its source.</param>
/// <param name="Type">What its source calls it.</param>
/// <param name="ReceivedAt">When it came.</param>
/// <param name="By">By whose token.</param>
/// <param name="At">When it happened, as it says.</param>
/// <param name="Summary">What it says, in a sentence.</param>
/// <param name="Because">Why it fitted none.</param>
/// <param name="Evidence">The digest of its bytes, as they are kept.</param>
/// <param name="Assigned">Whether it is on record for a release by now.</param>
internal sealed record UnassignedEvent(
    long Sequence,
    string Source,
    string Id,
    string Type,
    [property: JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset ReceivedAt,
    string By,
    [property: JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset? At,
    string? Summary,
    string Because,
    Digest Evidence,
    bool Assigned)
{
    public static UnassignedEvent Of(InboxEntry entry)
    {
        var (stored, received) = (entry.Stored, entry.Stored.Recorded<InboxEvent.Received>().Event);
        return new UnassignedEvent(
            stored.Sequence, received.Source, received.Id, received.Kind, stored.At, stored.Actor().Id, received.At, received.Summary, received.Because, received.Evidence.Digest, entry.IsAssigned);
    }
}
