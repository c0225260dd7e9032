using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ledger.Domain;
using Ledger.Domain.Actors;
using Ledger.Server.Auth;
using Ledger.Server.Http;
using Ledger.Store;
using Ledger.Store.Log;

namespace Ledger.Server.Releases;

/// <summary>Everything that happened to a release.</summary>
internal static class ReleaseHistory
{
    private const int PageAtMost = 500;
    private const int PageByDefault = 200;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/releases/{service}/{version}/history", HandleAsync)
        .Describe(
            Access.AnyRole, "releaseHistory", "Show a release's events",
            "In order, as they stand in the log, each with its leaf hash. 'limit' is 1 to 500 (200 by default); 'after' is a version, the 'next' of the page before.")
        .Produces<HistoryAnswer>()
        .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(string service, string version, string? after, string? limit, HttpContext http, LedgerStore store)
    {
        var scope = ReleaseScope.ForReading(http, service, version);
        if (!scope.Succeeded(out var release, out var problem)) return problem;
        if (!Parameter.Number("after", after, 0, long.MaxValue, 0).Succeeded(out var from, out problem)) return problem;
        if (!Parameter.Number("limit", limit, 1, PageAtMost, PageByDefault).Succeeded(out var count, out problem)) return problem;

        var events = await store.Events.StreamAsync(release.StreamKey, from, (int)count + 1, http.RequestAborted);
        if (events.Count == 0 && from == 0) return Problems.ReleaseUnknown(service, version);
        var page = events.Take((int)count).Select(HistoryEvent.Of).ToList();
        var next = events.Count > count ? page[^1].Version.ToString(CultureInfo.InvariantCulture) : null;
        return Answer.Ok(new HistoryAnswer(release.ToString(), page, next), ApiJson.Answers.HistoryAnswer);
    }
}

/// <summary>Some of a release's events.</summary>
/// <param name="Release">Its name.</param>
/// <param name="Events">In order.</param>
/// <param name="Next">The 'after' of the next page; absent on the last.</param>
internal sealed record HistoryAnswer(string Release, IReadOnlyList<HistoryEvent> Events, string? Next);

/// <summary>An event as it stands in the log.</summary>
/// <param name="Sequence">Its place in the log, from 1.</param>
/// <param name="Version">Its place in the release's stream, from 1.</param>
/// <param name="Id">Its identity.</param>
/// <param name="Type">What happened, snake_case.</param>
/// <param name="At">When it was appended.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="Data">What it says.</param>
/// <param name="LeafHash">RFC 6962 hash of its leaf.</param>
internal sealed record HistoryEvent(
    long Sequence,
    long Version,
    Guid Id,
    string Type,
    [property: JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset At,
    Actor Actor,
    JsonElement Data,
    string LeafHash)
{
    public static HistoryEvent Of(StoredEvent stored) => new(
        stored.Sequence, stored.Version, stored.Id, stored.Type, stored.At, stored.Actor(), JsonElement.Parse(stored.Data.Span), stored.LeafHash().ToString());
}
