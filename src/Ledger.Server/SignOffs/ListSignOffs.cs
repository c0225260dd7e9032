using Ledger.Domain.GoNoGo;
using Ledger.Domain.SignOffs;
using Ledger.Server.Auth;
using Ledger.Server.Http;
using Ledger.Server.Releases;
using Ledger.Store;

namespace Ledger.Server.SignOffs;

/// <summary>Who signed a release, and who has yet to.</summary>
internal static class ListSignOffs
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/releases/{service}/{version}/sign-offs", HandleAsync)
        .Describe(
            Access.AnyRole, "listSignOffs", "Show a release's sign-offs",
            "Stage by stage, with those that do not count any more. 'signOff' is absent where the policy asks for none, 'decision' where none was recorded. "
            + "Whether the signatures are right is for the verification to say.")
        .Produces<SignOffsAnswer>()
        .Fails(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(string service, string version, HttpContext http, LedgerStore store)
    {
        var scope = ReleaseScope.ForReading(http, service, version);
        if (!scope.Succeeded(out var release, out var problem)) return problem;
        if (await store.Releases.FindAsync(release, http.RequestAborted) is not { } view) return Problems.ReleaseUnknown(service, version);
        var standing = view.Standing();
        return Answer.Ok(new SignOffsAnswer(release.ToString(), standing.SignOff, standing.Decision, standing.Verdict), ApiJson.Answers.SignOffsAnswer);
    }
}

/// <summary>A release's sign-offs.</summary>
/// <param name="Release">Its name.</param>
/// <param name="SignOff">Its chain as it stands; absent where the policy asks for none.</param>
/// <param name="Decision">The newest recorded decision; absent where there is none.</param>
/// <param name="Verdict">How the release stands.</param>
internal sealed record SignOffsAnswer(string Release, SignOffStanding? SignOff, DecisionState? Decision, Verdict Verdict);
