using Ledger.Domain.GoNoGo;
using Ledger.Domain.Releases;
using Ledger.Domain.SignOffs;
using Ledger.Server.Auth;
using Ledger.Server.Http;
using Ledger.Server.Releases;
using Ledger.Store.Releases;

namespace Ledger.Server.SignOffs;

/// <summary>Takes a signer's newest sign-off back. It stays in the log, and does not count any more.</summary>
internal static class WithdrawSignOff
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/releases/{service}/{version}/sign-offs/withdrawal", HandleAsync)
        .Describe(
            Access.AnyRole, "withdrawSignOff", "Withdraw a sign-off",
            "A signer withdraws their own; compliance and admin may stop an approval, but nobody else lifts a rejection. Roles: signer, compliance, admin.")
        .Accepts<WithdrawRequest>("application/json")
        .Appends<WithdrawnAnswer>(StatusCodes.Status200OK);

    private static Task<IResult> HandleAsync(string service, string version, HttpContext http, ReleaseDesk desk) => desk.CarryOutAsync(
        http, service, version, ApiJson.Default.WithdrawRequest, Command, Tell, ApiJson.Answers.WithdrawnAnswer, StatusCodes.Status200OK);

    private static Attempt<ReleaseCommand.WithdrawSignOff> Command(ReleaseId release, WithdrawRequest request) =>
        new ReleaseCommand.WithdrawSignOff(release, request.Signer, FreeText.Redact(request.Reason));

    private static WithdrawnAnswer Tell(ReleaseCommand.WithdrawSignOff command, ReleaseView view, ReceiptAnswer receipt)
    {
        var standing = view.Standing();
        return new WithdrawnAnswer(command.Signer, standing.SignOff!.State, standing.Verdict, receipt);
    }
}

/// <summary>A sign-off to be taken back.</summary>
/// <param name="Signer">Whose: the newest of theirs that stands.</param>
/// <param name="Reason">Why.</param>
internal sealed record WithdrawRequest(string Signer, string Reason);

/// <summary>A sign-off was taken back.</summary>
/// <param name="Signer">Whose.</param>
/// <param name="Chain">How far the chain is now.</param>
/// <param name="Verdict">How the release stands now.</param>
/// <param name="Receipt">Where the event stands in the log.</param>
internal sealed record WithdrawnAnswer(string Signer, ChainState Chain, Verdict Verdict, ReceiptAnswer Receipt);
