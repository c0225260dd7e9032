using Ledger.Exports.Bundles;
using Ledger.Server.Auth;
using Ledger.Server.Http;
using Ledger.Server.Releases;

namespace Ledger.Server.Exports;

/// <summary>Hands out a release's bundle.</summary>
internal static class ExportRelease
{
    private const string Zip = "application/zip";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/releases/{service}/{version}/export", HandleAsync)
        .Describe(
            Access.ExportingReleases, "exportRelease", "Export a release as a bundle that verifies offline",
            "A ZIP archive: the release's events with their proofs, the policy, the go/no-go, every sign-off with its key, a page for people, and how to verify all of it. "
            + "'evidence=true' adds the reports; 'control' (may be repeated) maps a control to the events that show it. Roles: auditor, compliance, admin, release-manager.")
        .Produces<byte[]>(contentType: Zip)
        .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound, StatusCodes.Status422UnprocessableEntity)
        .DisableRequestTimeout();

    private static async Task<IResult> HandleAsync(string service, string version, string? evidence, string[]? control, HttpContext http, ReleaseExport exports)
    {
        var scope = ReleaseScope.ForReading(http, service, version);
        if (!scope.Succeeded(out var release, out var problem)) return problem;
        if (evidence is not (null or "true" or "false")) return Problems.Malformed("parameter_invalid", "'evidence' is neither true nor false");
        if (!ExportParameters.Controls(control).Succeeded(out var controls, out problem)) return problem;

        return await exports.PrepareAsync(release, evidence == "true", controls, http.RequestAborted) is { } export
            ? new FileAnswer(export, Zip)
            : Problems.ReleaseUnknown(service, version);
    }
}
