using Ledger.Domain.Deployments;
using Ledger.Domain.Releases;
using Ledger.Server.Auth;
using Ledger.Server.Http;
using Ledger.Server.Releases;

namespace Ledger.Server.Deployments;

/// <summary>Begins a rollout, of what was decided on.</summary>
internal static class StartDeployment
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/releases/{service}/{version}/deployment/start", HandleAsync)
        .Describe(
            Access.AnyRole, "startDeployment", "Start a deployment",
            "Asks for a recorded GO that still holds, the maintenance window, and the release's own commit or digests. With 'observed' it has happened already: what would refuse it is recorded as a "
            + "deviation. Roles: ci, release-manager, admin.")
        .Accepts<StartDeploymentRequest>("application/json")
        .Appends<DeploymentAnswer>();

    private static Task<IResult> HandleAsync(string service, string version, HttpContext http, ReleaseDesk desk) =>
        desk.CarryOutAsync(http, service, version, ApiJson.Default.StartDeploymentRequest, Command, DeploymentAnswer.Of, ApiJson.Answers.DeploymentAnswer);

    private static Attempt<DeploymentCommand.Start> Command(ReleaseId release, StartDeploymentRequest request) => new DeploymentCommand.Start(
        release,
        request.Commit,
        [.. (request.Artifacts ?? []).Select(artifact => artifact with { Name = FreeText.Redact(artifact.Name) })],
        Observed.Redact(request.Observed));
}

/// <summary>What is deployed.</summary>
/// <param name="Commit">The commit; without it, an artifact must say what it is.</param>
/// <param name="Artifacts">What is deployed, by digest.</param>
/// <param name="Observed">Where it has happened already.</param>
internal sealed record StartDeploymentRequest(string? Commit = null, IReadOnlyList<Artifact>? Artifacts = null, Observation? Observed = null);
