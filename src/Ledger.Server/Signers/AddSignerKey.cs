using System.Text.Json;
using System.Text.Json.Serialization;
using Ledger.Domain;
using Ledger.Domain.Signers;
using Ledger.Server.Auth;
using Ledger.Server.Http;

namespace Ledger.Server.Signers;

/// <summary>Adds a public key to a signer, or puts it in place of another.</summary>
internal static class AddSignerKey
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/signers/{id}/keys", HandleAsync)
        .Describe(
            Access.WholeLedger, "addSignerKey", "Add a signer's key",
            "A key that is replaced ends here: what it signed before, by place in the log, stays as it was. The token must be for all services. Roles: compliance, admin.")
        .Accepts<AddKeyRequest>("application/json")
        .Appends<SignerKeyAdded>();

    private static Task<IResult> HandleAsync(string id, HttpContext http, SignerDesk desk) => desk.CarryOutAsync(
        http, ApiJson.Default.AddKeyRequest, request => Command(id, request),
        (command, receipt) => new SignerKeyAdded(command.Signer, command.Key.Id, command.Replaces, receipt), ApiJson.Answers.SignerKeyAdded);

    private static Attempt<SignerCommand.AddKey> Command(string id, AddKeyRequest request)
    {
        if (!SignerNames.Known(id).Succeeded(out var signer, out var problem)) return problem;
        return new SignerKeyRequest(request.PublicKey, request.Algorithm, request.NotBefore, request.NotAfter).Read().Succeeded(out var key, out problem)
            ? new SignerCommand.AddKey(signer, key, request.Replaces)
            : problem;
    }
}

/// <summary>A key to be added.</summary>
/// <param name="PublicKey">A PEM text (PUBLIC KEY), or a JWK.</param>
/// <param name="Algorithm">As with a signer's first key.</param>
/// <param name="NotBefore">From when it may be used; at once where absent.</param>
/// <param name="NotAfter">Until when; without end where absent.</param>
/// <param name="Replaces">The id of the key that ends with this one.</param>
internal sealed record AddKeyRequest(
    JsonElement PublicKey,
    string? Algorithm = null,
    [property: JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset? NotBefore = null,
    [property: JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset? NotAfter = null,
    Digest? Replaces = null);

/// <summary>A key was added.</summary>
/// <param name="Signer">The signer's id.</param>
/// <param name="Key">The key's id: SHA-256 of its SubjectPublicKeyInfo.</param>
/// <param name="Replaces">The key that ended with it.</param>
/// <param name="Receipt">Where the event stands in the log.</param>
internal sealed record SignerKeyAdded(string Signer, Digest Key, Digest? Replaces, ReceiptAnswer Receipt);
