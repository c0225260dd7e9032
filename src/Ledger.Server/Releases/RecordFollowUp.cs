using Ledger.Domain.FollowUps;
using Ledger.Domain.Releases;
using Ledger.Server.Auth;
using Ledger.Server.Http;
using Ledger.Store.Releases;

namespace Ledger.Server.Releases;

/// <summary>Takes what became of something that the policy has done after a release.</summary>
internal static class RecordFollowUp
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/releases/{service}/{version}/follow-ups/{followUp}", HandleAsync)
        .Describe(
            Access.AnyRole, "recordFollowUp", "Record a follow-up",
            "What became of something that the policy has done after a release: done, or dropped with why. Also for a release that is closed. "
            + "A second word needs a reason in 'supersede'. Roles: ci, release-manager, signer, admin.")
        .Accepts<FollowUpRequest>("application/json")
        .Appends<FollowUpRecordedAnswer>();

    private static Task<IResult> HandleAsync(string service, string version, string followUp, HttpContext http, ReleaseDesk desk) => desk.CarryOutAsync(
        http, service, version, ApiJson.Default.FollowUpRequest, (release, request) => Command(release, followUp, request), Tell, ApiJson.Answers.FollowUpRecordedAnswer);

    private static Attempt<FollowUpCommand.Record> Command(ReleaseId release, string followUp, FollowUpRequest request) => new FollowUpCommand.Record(
        release, followUp, request.Outcome, FreeText.Redact(request.Note), FreeText.Redact(request.Reference), FreeText.Redact(request.Supersede));

    private static FollowUpRecordedAnswer Tell(FollowUpCommand.Record command, ReleaseView view, ReceiptAnswer receipt) =>
        new(view.Release.ToString(), command.FollowUp, command.Outcome, Open(view), receipt);

    /// <summary>The names of the follow-ups that nothing was recorded of, in the policy's order.</summary>
    public static IReadOnlyList<string> Open(ReleaseView view) =>
        [.. FollowUpStanding.Of(view.State, view.Policy.Policy, view.At).Where(standing => standing.Recorded is null).Select(standing => standing.FollowUp.Name)];
}

/// <summary>What became of a follow-up.</summary>
/// <param name="Note">What was done, or why it need not be.</param>
/// <param name="Outcome">done or dropped.</param>
/// <param name="Reference">Where it can be seen.</param>
/// <param name="Supersede">Why it counts in place of what was recorded before.</param>
internal sealed record FollowUpRequest(string Note, FollowUpOutcome Outcome = FollowUpOutcome.Done, string? Reference = null, string? Supersede = null);

/// <summary>A follow-up was recorded.</summary>
/// <param name="Release">The release.</param>
/// <param name="FollowUp">The follow-up.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Open">Those that nothing was recorded of.</param>
/// <param name="Receipt">Where the event stands in the log.</param>
internal sealed record FollowUpRecordedAnswer(string Release, string FollowUp, FollowUpOutcome Outcome, IReadOnlyList<string> Open, ReceiptAnswer Receipt);
