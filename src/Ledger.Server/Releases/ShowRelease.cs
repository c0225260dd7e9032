using Ledger.Server.Auth;
using Ledger.Server.Http;
using Ledger.Store;
using Ledger.Store.Releases;

namespace Ledger.Server.Releases;

/// <summary>How a release stands, now or at a point in the past.</summary>
internal static class ShowRelease
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/releases/{service}/{version}", HandleAsync)
        .Describe(
            Access.AnyRole, "showRelease", "Show a release's go/no-go",
            "With every reason, and the events that each reason rests on. 'asOf' is an RFC 3339 time or a leaf index: the release as it was, replayed from its events.")
        .Produces<StatusAnswer>()
        .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(string service, string version, string? asOf, HttpContext http, LedgerStore store)
    {
        var scope = ReleaseScope.ForReading(http, service, version);
        if (!scope.Succeeded(out var release, out var problem)) return problem;
        AsOf? point = null;
        if (asOf is not null && (point = AsOf.TryParse(asOf)) is null)
            return Problems.Malformed("as_of_invalid", "'asOf' is neither a time nor a leaf index", "write 2026-01-31T12:00:00Z, or a number from 0");

        var view = point is null
            ? await store.Releases.FindAsync(release, http.RequestAborted)
            : await store.Releases.FindAsOfAsync(release, point, http.RequestAborted);
        if (view is null) return Problems.ReleaseUnknown(service, version);
        return Answer.Ok(await StatusAnswer.ReadAsync(view, store, http.RequestAborted), ApiJson.Answers.StatusAnswer);
    }
}
