using Ledger.Domain.Signers;
using Ledger.Server.Auth;
using Ledger.Server.Http;

namespace Ledger.Server.Signers;

/// <summary>Changes what a signer may sign as. What they signed before stays as it was.</summary>
internal static class ChangeSigner
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/signers/{id}/changes", HandleAsync)
        .Describe(
            Access.WholeLedger, "changeSigner", "Change a signer's roles and accounts",
            "These stand in place of the earlier ones; without roles the person signs nothing more. The token must be for all services. Roles: compliance, admin.")
        .Accepts<ChangeSignerRequest>("application/json")
        .Appends<ChangeSignerAnswer>(StatusCodes.Status200OK);

    private static Task<IResult> HandleAsync(string id, HttpContext http, SignerDesk desk) => desk.CarryOutAsync(
        http, ApiJson.Default.ChangeSignerRequest, request => Command(id, request), Tell, ApiJson.Answers.ChangeSignerAnswer, StatusCodes.Status200OK);

    private static Attempt<SignerCommand.Change> Command(string id, ChangeSignerRequest request)
    {
        if (!SignerNames.Known(id).Succeeded(out var signer, out var problem)) return problem;
        if (SignerNames.CheckAccounts(request.Accounts) is { } refused) return refused;
        return new SignerCommand.Change(signer, request.Roles, request.Accounts, FreeText.Redact(request.Reason));
    }

    private static ChangeSignerAnswer Tell(SignerCommand.Change command, ReceiptAnswer receipt) => new(command.Signer, command.Roles, command.Accounts, receipt);
}

/// <summary>What a signer may sign as from now on.</summary>
/// <param name="Roles">The roles of policies.</param>
/// <param name="Accounts">The subjects of other tokens by which they act.</param>
/// <param name="Reason">Why it changes.</param>
internal sealed record ChangeSignerRequest(IReadOnlyList<string> Roles, IReadOnlyList<string> Accounts, string Reason);

/// <summary>A signer was changed.</summary>
/// <param name="Signer">Their id.</param>
/// <param name="Roles">Their roles now.</param>
/// <param name="Accounts">Their accounts now.</param>
/// <param name="Receipt">Where the event stands in the log.</param>
internal sealed record ChangeSignerAnswer(string Signer, IReadOnlyList<string> Roles, IReadOnlyList<string> Accounts, ReceiptAnswer Receipt);
