using Ledger.Domain.Measurements;
using Ledger.Domain.Releases;
using Ledger.Domain.Watches;
using Ledger.Server.Auth;
using Ledger.Server.Deployments;
using Ledger.Server.Http;
using Ledger.Server.Releases;

namespace Ledger.Server.Watches;

/// <summary>Takes what a check after the deployment came to.</summary>
internal static class CheckRelease
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/releases/{service}/{version}/post-deployment/checks", HandleAsync)
        .Describe(
            Access.AnyRole, "checkRelease", "Record a check after the deployment",
            "A check of the watch, or with 'list' success a success criterion. Where the policy says how it is measured, 'value' and 'unit' decide; else a person's 'met'. "
            + "Red turns green only with a reason in 'supersede'. Roles: ci, release-manager, signer, admin.")
        .Accepts<CheckRequest>("application/json")
        .Appends<DeploymentAnswer>();

    private static Task<IResult> HandleAsync(string service, string version, HttpContext http, ReleaseDesk desk) =>
        desk.CarryOutAsync(http, service, version, ApiJson.Default.CheckRequest, Command, DeploymentAnswer.Of, ApiJson.Answers.DeploymentAnswer);

    private static Attempt<WatchCommand.RecordCheck> Command(ReleaseId release, CheckRequest request) => new WatchCommand.RecordCheck(
        release, request.List, request.Check, FreeText.Redact(request.Source), request.Value, request.Unit, request.Met, FreeText.Redact(request.Note), FreeText.Redact(request.Supersede));
}

/// <summary>A check.</summary>
/// <param name="Check">Its name in the policy.</param>
/// <param name="Source">Where it was looked up.</param>
/// <param name="List">watch or success.</param>
/// <param name="Value">What was measured; absent where the source could not tell.</param>
/// <param name="Unit">The unit of the value.</param>
/// <param name="Met">What a person attests, where the policy does not say how it is measured.</param>
/// <param name="Note">What was seen.</param>
/// <param name="Supersede">Why it counts in place of a red one.</param>
internal sealed record CheckRequest(
    string Check, string Source, CheckList List = CheckList.Watch, double? Value = null, Unit? Unit = null, bool? Met = null, string? Note = null, string? Supersede = null);
