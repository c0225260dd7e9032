using Ledger.Server.Auth;
using Ledger.Server.Http;
using Ledger.Server.Releases;
using Ledger.Verifier;
using Ledger.Verifier.Chains;

namespace Ledger.Server.SignOffs;

/// <summary>Verifies a release's sign-off chain, from its events alone.</summary>
internal static class VerifySignOffs
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/releases/{service}/{version}/sign-offs/verification", HandleAsync)
        .Describe(
            Access.AnyRole, "verifySignOffs", "Verify a release's sign-offs",
            "Every link with every check: signature, key, role, order, previous link, freshness, inclusion in the log and more. The answer is 200 whatever it comes to: look at 'status', of which "
            + "only VALID is good. 'asOf' is a place in the log, from 1: the chain as it was then.")
        .Produces<ChainReport>()
        .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(string service, string version, string? asOf, HttpContext http, ChainReader chains)
    {
        var scope = ReleaseScope.ForReading(http, service, version);
        if (!scope.Succeeded(out var release, out var problem)) return problem;
        if (!Parameter.Number("asOf", asOf, 1, long.MaxValue, long.MaxValue).Succeeded(out var upTo, out problem)) return problem;
        return await chains.VerifyAsync(release, upTo, http.RequestAborted) is { } report
            ? Answer.Ok(report, VerifierJson.Default.ChainReport)
            : Problems.ReleaseUnknown(service, version);
    }
}
