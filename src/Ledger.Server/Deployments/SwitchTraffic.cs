using Ledger.Domain.Deployments;
using Ledger.Domain.Releases;
using Ledger.Server.Auth;
using Ledger.Server.Http;
using Ledger.Server.Releases;

namespace Ledger.Server.Deployments;

/// <summary>Points all traffic elsewhere at once.</summary>
internal static class SwitchTraffic
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/releases/{service}/{version}/deployment/traffic", HandleAsync)
        .Describe(
            Access.AnyRole, "switchTraffic", "Switch traffic",
            "As blue-green does. 'toRelease' is false where it goes back to what was there before. With 'observed' it has happened already. Roles: ci, release-manager, admin.")
        .Accepts<TrafficRequest>("application/json")
        .Appends<DeploymentAnswer>();

    private static Task<IResult> HandleAsync(string service, string version, HttpContext http, ReleaseDesk desk) =>
        desk.CarryOutAsync(http, service, version, ApiJson.Default.TrafficRequest, Command, DeploymentAnswer.Of, ApiJson.Answers.DeploymentAnswer);

    private static Attempt<DeploymentCommand.SwitchTraffic> Command(ReleaseId release, TrafficRequest request) =>
        new DeploymentCommand.SwitchTraffic(release, FreeText.Redact(request.To), request.ToRelease, FreeText.Redact(request.From), Observed.Redact(request.Observed));
}

/// <summary>Where traffic goes.</summary>
/// <param name="To">E.g. <c>green</c>.</param>
/// <param name="ToRelease">Whether that is this release.</param>
/// <param name="From">Where it went.</param>
/// <param name="Observed">Where it has happened already.</param>
internal sealed record TrafficRequest(string To, bool ToRelease = true, string? From = null, Observation? Observed = null);
