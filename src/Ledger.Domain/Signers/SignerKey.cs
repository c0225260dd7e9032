using System.Text.Json.Serialization;

namespace Ledger.Domain.Signers;

/// <summary>A public key of a signer. The private one never comes near the server.</summary>
/// <param name="Id">SHA-256 of <paramref name="PublicKey"/>'s bytes.</param>
/// <param name="Algorithm">How it signs, e.g. <c>ecdsa-p256-sha256</c>, <c>ed25519</c>.</param>
/// <param name="PublicKey">SubjectPublicKeyInfo (RFC 5280 §4.1) in DER, as standard base64.</param>
/// <param name="NotBefore">From when it may be used; null from when it is added.</param>
/// <param name="NotAfter">Until when, exclusively; null for no end.</param>
public sealed record SignerKey(
    [property: JsonPropertyName("id")] Digest Id,
    [property: JsonPropertyName("algorithm")] string Algorithm,
    [property: JsonPropertyName("publicKey")] string PublicKey,
    [property: JsonPropertyName("notBefore"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset? NotBefore = null,
    [property: JsonPropertyName("notAfter"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset? NotAfter = null);
