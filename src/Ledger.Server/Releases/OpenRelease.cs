using Ledger.Domain.Releases;
using Ledger.Server.Auth;
using Ledger.Server.Http;

namespace Ledger.Server.Releases;

/// <summary>Announces a release.</summary>
internal static class OpenRelease
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/releases", HandleAsync)
        .Describe(
            Access.AnyRole, "openRelease", "Open a release",
            "Announces a release under a policy, which it pins by its digest: later versions of the policy do not touch it. Roles: release-manager, admin.")
        .Accepts<OpenRequest>("application/json")
        .Appends<OpenAnswer>();

    private static async Task<IResult> HandleAsync(HttpContext http, CommandDesk desk)
    {
        var read = await JsonBody.ReadAsync(http, ApiJson.Default.OpenRequest);
        if (!read.Succeeded(out var body, out var problem)) return problem;
        var request = body.Value;
        if (ReleaseId.TryParse(request.Release) is not { } release)
        {
            return new Problem(
                StatusCodes.Status422UnprocessableEntity, "release_invalid", "'release' is not the name of a release",
                "write service/version: the service in lower-case letters, digits, '.', '_' and '-', each at most 64 characters");
        }

        if (!http.Caller().Covers(release.Service)) return Problems.OutOfScope($"the service '{release.Service}'");
        var submitted = await desk.SubmitAsync(http, body.Bytes, Command(release, request));
        return submitted.Succeeded(out var opened, out problem)
            ? Answer.Created(new OpenAnswer(release.ToString(), opened.Receipt), ApiJson.Answers.OpenAnswer)
            : problem;
    }

    private static ReleaseCommand.Open Command(ReleaseId release, OpenRequest request) => new(
        release,
        request.Policy,
        request.Commit,
        [.. request.Artifacts.Select(artifact => artifact with { Name = FreeText.Redact(artifact.Name) })],
        FreeText.Redact(request.Environment),
        request.PolicyVersion,
        FreeText.Redact(request.Tag),
        request.Window,
        request.DecideBy,
        FreeText.Redact(request.Summary),
        request.Risk);
}
