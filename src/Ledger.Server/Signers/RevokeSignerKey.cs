using Ledger.Domain;
using Ledger.Domain.Signers;
using Ledger.Server.Auth;
using Ledger.Server.Http;

namespace Ledger.Server.Signers;

/// <summary>Stops trusting a signer's key.</summary>
internal static class RevokeSignerKey
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/signers/{id}/keys/{keyId}/revocation", HandleAsync)
        .Describe(
            Access.WholeLedger, "revokeSignerKey", "Revoke a signer's key",
            "From this event on it signs nothing; what it signed before, by place in the log, stays as it was. The token must be for all services. Roles: compliance, admin.")
        .Accepts<RevokeRequest>("application/json")
        .Appends<SignerKeyRevoked>(StatusCodes.Status200OK);

    private static Task<IResult> HandleAsync(string id, string keyId, HttpContext http, SignerDesk desk) => desk.CarryOutAsync(
        http, ApiJson.Default.RevokeRequest, request => Command(id, keyId, request),
        (command, receipt) => new SignerKeyRevoked(command.Signer, command.Key, receipt), ApiJson.Answers.SignerKeyRevoked, StatusCodes.Status200OK);

    private static Attempt<SignerCommand.RevokeKey> Command(string id, string keyId, RevokeRequest request)
    {
        if (!SignerNames.Known(id).Succeeded(out var signer, out var problem)) return problem;
        return Digest.TryParse(keyId, out var key)
            ? new SignerCommand.RevokeKey(signer, key, FreeText.Redact(request.Reason))
            : Problems.NotFound("key_unknown", "this is not the id of a key", "a key's id is sha256:HEX");
    }
}

/// <summary>Why a key is not to be trusted any more.</summary>
/// <param name="Reason">In a sentence.</param>
internal sealed record RevokeRequest(string Reason);

/// <summary>A key was revoked.</summary>
/// <param name="Signer">The signer's id.</param>
/// <param name="Key">The key's id.</param>
/// <param name="Receipt">Where the event stands in the log.</param>
internal sealed record SignerKeyRevoked(string Signer, Digest Key, ReceiptAnswer Receipt);
