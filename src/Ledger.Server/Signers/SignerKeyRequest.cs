using System.Text.Json;
using System.Text.Json.Serialization;
using Ledger.Domain;
using Ledger.Domain.Signers;
using Ledger.Integrity.Keys;
using Ledger.Server.Http;

namespace Ledger.Server.Signers;

/// <summary>A signer's public key.</summary>
/// <param name="PublicKey">A PEM text (PUBLIC KEY), or a JWK.</param>
/// <param name="Algorithm">ed25519, ecdsa-p256-sha256, ecdsa-p384-sha384, rsa-pss-sha256 or rsa-pkcs1-sha256; an RSA key does not say which of its two it is for.</param>
/// <param name="NotBefore">From when it may be used; at once where absent.</param>
/// <param name="NotAfter">Until when; without end where absent.</param>
internal sealed record SignerKeyRequest(
    JsonElement PublicKey,
    string? Algorithm = null,
    [property: JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset? NotBefore = null,
    [property: JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset? NotAfter = null)
{
    private static readonly string Algorithms = string.Join(", ", Enum.GetValues<KeyAlgorithm>().Select(KeyAlgorithmName.Of));

    /// <summary>The key as the log keeps it, or why it is none.</summary>
    public Attempt<SignerKey> Read()
    {
        KeyAlgorithm? expected = null;
        if (Algorithm is not null)
        {
            if (!KeyAlgorithmName.TryParse(Algorithm, out var named)) return Refuse("key_algorithm_unknown", "'algorithm' is none that is checked here", $"one of: {Algorithms}");
            expected = named;
        }

        if (PublicKey.ValueKind is not (JsonValueKind.String or JsonValueKind.Object)) return Refuse("key_malformed", "'publicKey' is neither a PEM text nor a JWK", "give the content of FILE.pub");
        var text = PublicKey.ValueKind == JsonValueKind.String ? PublicKey.GetString()! : PublicKey.GetRawText();
        var verification = SignerKeyReader.Read(text, expected, out var key);
        return verification.IsValid
            ? new SignerKey(Digest.Of(key!.Fingerprint.Bytes), KeyAlgorithmName.Of(key.Algorithm), Convert.ToBase64String(key.Spki.Span), NotBefore, NotAfter)
            : Refuse(verification.Code, verification.Reason, "give the public key: PEM with PUBLIC KEY, or a JWK");
    }

    private static Problem Refuse(string code, string detail, string hint) => new(StatusCodes.Status422UnprocessableEntity, code, detail, hint);
}
