using Ledger.Domain.Releases;
using Ledger.Server.Auth;
using Ledger.Server.Http;
using Ledger.Store.Releases;

namespace Ledger.Server.Releases;

/// <summary>Ends a release. Nothing is appended to it afterwards but what became of its follow-ups.</summary>
internal static class CloseRelease
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/releases/{service}/{version}/close", HandleAsync)
        .Describe(
            Access.AnyRole, "closeRelease", "Close a release",
            "Says how the release ended. A closed release takes no more events but those of its follow-ups. Roles: release-manager, admin.")
        .Accepts<CloseRequest>("application/json")
        .Appends<CloseAnswer>();

    private static Task<IResult> HandleAsync(string service, string version, HttpContext http, ReleaseDesk desk) =>
        desk.CarryOutAsync(http, service, version, ApiJson.Default.CloseRequest, Command, Tell, ApiJson.Answers.CloseAnswer);

    private static Attempt<ReleaseCommand.Close> Command(ReleaseId release, CloseRequest request) =>
        new ReleaseCommand.Close(release, request.Outcome, FreeText.Redact(request.Reason));

    private static CloseAnswer Tell(ReleaseCommand.Close command, ReleaseView view, ReceiptAnswer receipt) => new(view.Release.ToString(), command.Outcome, RecordFollowUp.Open(view), receipt);
}

/// <summary>How a release ended.</summary>
/// <param name="Outcome">In one word.</param>
/// <param name="Reason">In a sentence.</param>
internal sealed record CloseRequest(CloseOutcome Outcome, string Reason);

/// <summary>A release was closed.</summary>
/// <param name="Release">Its name.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="OpenFollowUps">What the policy has done afterwards and nobody has recorded as done or dropped.</param>
/// <param name="Receipt">Where the event stands in the log.</param>
internal sealed record CloseAnswer(string Release, CloseOutcome Outcome, IReadOnlyList<string> OpenFollowUps, ReceiptAnswer Receipt);
