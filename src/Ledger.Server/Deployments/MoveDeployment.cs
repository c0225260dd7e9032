using Ledger.Domain.Deployments;
using Ledger.Domain.Releases;
using Ledger.Server.Auth;
using Ledger.Server.Http;
using Ledger.Server.Releases;

namespace Ledger.Server.Deployments;

/// <summary>Moves a rollout on: its steps, standing still, and everybody.</summary>
internal static class MoveDeployment
{
    private const string Root = "/v1/releases/{service}/{version}/deployment";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Root + "/steps/{step}/start", (string service, string version, string step, HttpContext http, ReleaseDesk desk) =>
                MoveAsync(service, version, http, desk, (release, observed) => new DeploymentCommand.StartStep(release, step, observed)))
            .Describe(Access.AnyRole, "startStep", "Start a step", "Takes the plan's next step, within the maintenance window. With 'observed' it has happened already. Roles: ci, release-manager, admin.")
            .Accepts<MoveRequest>("application/json").Appends<DeploymentAnswer>();
        routes.MapPost(Root + "/steps/{step}/complete", (string service, string version, string step, HttpContext http, ReleaseDesk desk) =>
                MoveAsync(service, version, http, desk, (release, observed) => new DeploymentCommand.CompleteStep(release, step, observed)))
            .Describe(
                Access.AnyRole, "completeStep", "Complete a step",
                "Asks that the step took its time and its analyses passed on their measurements. With 'observed' it has happened already. Roles: ci, release-manager, admin.")
            .Accepts<MoveRequest>("application/json").Appends<DeploymentAnswer>();
        routes.MapPost(Root + "/promote", (string service, string version, HttpContext http, ReleaseDesk desk) =>
                MoveAsync(service, version, http, desk, (release, observed) => new DeploymentCommand.Promote(release, observed)))
            .Describe(
                Access.AnyRole, "promoteDeployment", "Promote a deployment",
                "Lets everybody have the release, when every step that reaches only some is over; the watch counts from then. With 'observed' it has happened already. Roles: ci, release-manager, admin.")
            .Accepts<MoveRequest>("application/json").Appends<DeploymentAnswer>();
        routes.MapPost(Root + "/pause", (string service, string version, HttpContext http, ReleaseDesk desk) =>
                MoveAsync(service, version, http, desk, (release, reason, observed) => new DeploymentCommand.Pause(release, reason, observed)))
            .Describe(Access.AnyRole, "pauseDeployment", "Pause a deployment", "No step starts or ends until it is resumed. Roles: ci, release-manager, admin.")
            .Accepts<ReasonRequest>("application/json").Appends<DeploymentAnswer>();
        routes.MapPost(Root + "/resume", (string service, string version, HttpContext http, ReleaseDesk desk) =>
                MoveAsync(service, version, http, desk, (release, reason, observed) => new DeploymentCommand.Resume(release, reason, observed)))
            .Describe(Access.AnyRole, "resumeDeployment", "Resume a deployment", "Roles: ci, release-manager, admin.")
            .Accepts<ReasonRequest>("application/json").Appends<DeploymentAnswer>();
        routes.MapPost(Root + "/abort", (string service, string version, HttpContext http, ReleaseDesk desk) =>
                MoveAsync(service, version, http, desk, (release, reason, observed) => new DeploymentCommand.Abort(release, reason, observed)))
            .Describe(Access.AnyRole, "abortDeployment", "Abort a deployment", "Gives the rollout up before everybody has the release; what everybody has is rolled back instead. Roles: ci, release-manager, admin.")
            .Accepts<ReasonRequest>("application/json").Appends<DeploymentAnswer>();
    }

    private static Task<IResult> MoveAsync<TCommand>(string service, string version, HttpContext http, ReleaseDesk desk, Func<ReleaseId, Observation?, TCommand> command)
        where TCommand : DeploymentCommand =>
        desk.CarryOutAsync<MoveRequest, TCommand, DeploymentAnswer>(
            http, service, version, ApiJson.Default.MoveRequest, (release, request) => command(release, Observed.Redact(request.Observed)), DeploymentAnswer.Of,
            ApiJson.Answers.DeploymentAnswer);

    private static Task<IResult> MoveAsync<TCommand>(string service, string version, HttpContext http, ReleaseDesk desk, Func<ReleaseId, string, Observation?, TCommand> command)
        where TCommand : DeploymentCommand =>
        desk.CarryOutAsync<ReasonRequest, TCommand, DeploymentAnswer>(
            http, service, version, ApiJson.Default.ReasonRequest, (release, request) => command(release, FreeText.Redact(request.Reason), Observed.Redact(request.Observed)),
            DeploymentAnswer.Of, ApiJson.Answers.DeploymentAnswer);
}
