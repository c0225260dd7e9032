using Ledger.Domain;
using Ledger.Domain.Signers;
using Ledger.Server.Auth;
using Ledger.Server.Http;

namespace Ledger.Server.Signers;

/// <summary>Enters a person as a signer.</summary>
internal static class EnrolSigner
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/signers", HandleAsync)
        .Describe(
            Access.WholeLedger, "enrolSigner", "Enrol a signer",
            "With the roles of policies that they may sign in, and their public key if it is there already; the private one never comes near the server. "
            + "A signer belongs to no one service, so the token must be for all of them. Roles: compliance, admin.")
        .Accepts<EnrolRequest>("application/json")
        .Appends<EnrolAnswer>();

    private static Task<IResult> HandleAsync(HttpContext http, SignerDesk desk) => desk.CarryOutAsync(
        http, ApiJson.Default.EnrolRequest, Command, (command, receipt) => new EnrolAnswer(command.Signer, command.Key?.Id, receipt), ApiJson.Answers.EnrolAnswer);

    private static Attempt<SignerCommand.Enrol> Command(EnrolRequest request)
    {
        if ((SignerNames.CheckNew(request.Id) ?? SignerNames.CheckAccounts(request.Accounts)) is { } refused) return refused;
        SignerKey? key = null;
        if (request.Key is not null && !request.Key.Read().Succeeded(out key, out var problem)) return problem;
        return new SignerCommand.Enrol(request.Id, FreeText.Redact(request.Name), request.Roles, request.Accounts ?? [], key);
    }
}

/// <summary>A person to be enrolled.</summary>
/// <param name="Id">What they are called in the log: 1 to 64 lower-case letters, digits, '.', '_', '-', '+' and '@'.</param>
/// <param name="Name">The printed name, as it stands beside every signature.</param>
/// <param name="Roles">The roles of policies that they may sign in.</param>
/// <param name="Accounts">The subjects of other tokens by which they act: separation of duties looks at all of them.</param>
/// <param name="Key">Their public key.</param>
internal sealed record EnrolRequest(string Id, string Name, IReadOnlyList<string> Roles, IReadOnlyList<string>? Accounts = null, SignerKeyRequest? Key = null);

/// <summary>A person was enrolled.</summary>
/// <param name="Signer">Their id.</param>
/// <param name="Key">Their key's id.</param>
/// <param name="Receipt">Where the last of the events stands in the log.</param>
internal sealed record EnrolAnswer(string Signer, Digest? Key, ReceiptAnswer Receipt);
