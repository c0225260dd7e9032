using Ledger.Domain.Deployments;
using Ledger.Domain.Releases;
using Ledger.Domain.Rollbacks;
using Ledger.Server.Auth;
using Ledger.Server.Deployments;
using Ledger.Server.Http;
using Ledger.Server.Releases;

namespace Ledger.Server.Rollbacks;

/// <summary>Takes a release back: begins, is done, is looked at.</summary>
internal static class RollBack
{
    private const string Root = "/v1/releases/{service}/{version}/rollback";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Root + "/start", (string service, string version, HttpContext http, ReleaseDesk desk) => desk.CarryOutAsync(
                http, service, version, ApiJson.Default.StartRollbackRequest, Start, DeploymentAnswer.Of, ApiJson.Answers.DeploymentAnswer))
            .Describe(
                Access.AnyRole, "startRollback", "Start a rollback",
                "The cause is a rule that fired, or a person: 'manual' and 'emergency' name them. With 'observed' it has happened already. Roles: ci, release-manager, admin.")
            .Accepts<StartRollbackRequest>("application/json").Appends<DeploymentAnswer>();
        routes.MapPost(Root + "/complete", (string service, string version, HttpContext http, ReleaseDesk desk) => desk.CarryOutAsync(
                http, service, version, ApiJson.Default.MoveRequest, Complete, DeploymentAnswer.Of, ApiJson.Answers.DeploymentAnswer))
            .Describe(
                Access.AnyRole, "completeRollback", "Complete a rollback",
                "What was there before is there again. How long it took is held against the policy's objective. Roles: ci, release-manager, admin.")
            .Accepts<MoveRequest>("application/json").Appends<DeploymentAnswer>();
        routes.MapPost(Root + "/verify", (string service, string version, HttpContext http, ReleaseDesk desk) => desk.CarryOutAsync(
                http, service, version, ApiJson.Default.VerifyRollbackRequest, Verify, DeploymentAnswer.Of, ApiJson.Answers.DeploymentAnswer))
            .Describe(Access.AnyRole, "verifyRollback", "Verify a rollback", "Says whether what was there before works. Roles: release-manager, signer, admin.")
            .Accepts<VerifyRollbackRequest>("application/json").Appends<DeploymentAnswer>();
    }

    private static Attempt<RollbackCommand.Start> Start(ReleaseId release, StartRollbackRequest request) =>
        new RollbackCommand.Start(release, request.Cause, FreeText.Redact(request.Reason), FreeText.Redact(request.Person), Observed.Redact(request.Observed));

    private static Attempt<RollbackCommand.Complete> Complete(ReleaseId release, MoveRequest request) => new RollbackCommand.Complete(release, Observed.Redact(request.Observed));

    private static Attempt<RollbackCommand.Verify> Verify(ReleaseId release, VerifyRollbackRequest request) =>
        new RollbackCommand.Verify(release, request.Works, FreeText.Redact(request.Note), FreeText.Redact(request.Evidence));
}

/// <summary>A rollback begins.</summary>
/// <param name="Cause">rule, manual or emergency.</param>
/// <param name="Reason">Why.</param>
/// <param name="Person">Who decided it; needed where no rule did.</param>
/// <param name="Observed">Where it has happened already.</param>
internal sealed record StartRollbackRequest(RollbackCause Cause, string Reason, string? Person = null, Observation? Observed = null);

/// <summary>Somebody looked at a rollback.</summary>
/// <param name="Note">What they saw.</param>
/// <param name="Works">Whether what was there before works.</param>
/// <param name="Evidence">A URI of what they saw.</param>
internal sealed record VerifyRollbackRequest(string Note, bool Works = true, string? Evidence = null);
