using System.Globalization;
using System.Text.Json.Serialization;
using Ledger.Domain;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.SignOffs;
using Ledger.Server.Auth;
using Ledger.Server.Http;
using Ledger.Store;
using Ledger.Store.Releases;

namespace Ledger.Server.Releases;

/// <summary>Lists the releases that the caller may see.</summary>
internal static class ListReleases
{
    private const int PageByDefault = 50;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/releases", HandleAsync)
        .Describe(
            Access.AnyRole, "listReleases", "List releases",
            "Newest opened first, those of the token's services only. 'limit' is 1 to 200 (50 by default); 'after' is the 'next' of the page before.")
        .Produces<ReleaseListAnswer>()
        .Fails(StatusCodes.Status400BadRequest);

    private static async Task<IResult> HandleAsync(string? service, string? limit, string? after, HttpContext http, LedgerStore store)
    {
        if (!Parameter.Number("limit", limit, 1, ReleaseReads.PageAtMost, PageByDefault).Succeeded(out var count, out var problem)) return problem;
        if (!Parameter.Number("after", after, 0, long.MaxValue, long.MaxValue).Succeeded(out var cursor, out problem)) return problem;

        var services = Services(http.Caller(), service);
        var page = services is { Count: 0 }
            ? new ReleasePage([], null)
            : await store.Releases.ListAsync(services, cursor == long.MaxValue ? null : cursor, (int)count, http.RequestAborted);
        return Answer.Ok(
            new ReleaseListAnswer([.. page.Releases.Select(ReleaseListing.Of)], page.Next?.ToString(CultureInfo.InvariantCulture)), ApiJson.Answers.ReleaseListAnswer);
    }

    // Null means all. A service out of scope is as empty as one that does not exist.
    private static IReadOnlyList<string>? Services(Caller caller, string? asked)
    {
        if (asked is null) return caller.SeesEverything ? null : caller.Services;
        return caller.Covers(asked) ? [asked] : [];
    }
}

/// <summary>A page of releases.</summary>
/// <param name="Releases">Newest opened first.</param>
/// <param name="Next">The 'after' of the next page; absent on the last.</param>
internal sealed record ReleaseListAnswer(IReadOnlyList<ReleaseListing> Releases, string? Next);

/// <summary>A release in a list.</summary>
/// <param name="Release">Its name, <c>service/version</c>.</param>
/// <param name="Service">The service.</param>
/// <param name="Version">Its version.</param>
/// <param name="Commit">What it is built from.</param>
/// <param name="Environment">Where it goes.</param>
/// <param name="Policy">The policy it pinned.</param>
/// <param name="OpenedAt">When it was opened.</param>
/// <param name="Closed">How it ended, if it has.</param>
/// <param name="Verdict">May it go?</param>
/// <param name="State">How far its story is.</param>
/// <param name="Decision">The newest recorded decision; absent where there is none.</param>
/// <param name="OpenFollowUps">How many things the policy has done afterwards of which nothing was recorded.</param>
internal sealed record ReleaseListing(
    string Release,
    string Service,
    string Version,
    string Commit,
    string Environment,
    PolicyReference Policy,
    [property: JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset OpenedAt,
    CloseOutcome? Closed,
    Verdict Verdict,
    ReleaseProgress State,
    DecisionState? Decision,
    int OpenFollowUps)
{
    public static ReleaseListing Of(ReleaseView view)
    {
        var opened = view.State.Opened;
        return new ReleaseListing(
            view.Release.ToString(), opened.Service, opened.Version, opened.Commit, opened.Environment, opened.Policy, view.State.Facts.OpenedAt,
            view.State.Facts.Closed, view.Standing().Verdict, ReleaseProgresses.Of(view.State), view.State.Facts.Decision, RecordFollowUp.Open(view).Count);
    }
}
