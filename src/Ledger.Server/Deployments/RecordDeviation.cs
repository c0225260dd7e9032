using Ledger.Domain.Deployments;
using Ledger.Domain.Releases;
using Ledger.Server.Auth;
using Ledger.Server.Http;
using Ledger.Server.Releases;

namespace Ledger.Server.Deployments;

/// <summary>Puts on record that what runs is not what the ledger says.</summary>
internal static class RecordDeviation
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/releases/{service}/{version}/deployment/deviations", HandleAsync)
        .Describe(
            Access.AnyRole, "recordDeviation", "Record a deviation",
            "E.g. code 'drifted', where another commit runs than the deployed one. It makes the release NO_GO and never goes away. Roles: ci, release-manager, compliance, admin.")
        .Accepts<DeviationRequest>("application/json")
        .Appends<DeploymentAnswer>();

    private static Task<IResult> HandleAsync(string service, string version, HttpContext http, ReleaseDesk desk) =>
        desk.CarryOutAsync(http, service, version, ApiJson.Default.DeviationRequest, Command, DeploymentAnswer.Of, ApiJson.Answers.DeploymentAnswer);

    private static Attempt<DeploymentCommand.RecordDeviation> Command(ReleaseId release, DeviationRequest request) => new DeploymentCommand.RecordDeviation(
        release, request.Code, FreeText.Redact(request.Message), Observed.Redact(request.Observed)!, FreeText.Redact(request.Subject));
}

/// <summary>A deviation.</summary>
/// <param name="Code">What kind of thing, snake_case.</param>
/// <param name="Message">What was seen.</param>
/// <param name="Observed">When, and who saw it.</param>
/// <param name="Subject">What it is about.</param>
internal sealed record DeviationRequest(string Code, string Message, Observation Observed, string? Subject = null);
