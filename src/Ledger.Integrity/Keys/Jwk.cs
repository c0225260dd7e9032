using System.Security.Cryptography;
using System.Text.Json;

namespace Ledger.Integrity.Keys;

/// <summary>Public keys as JSON Web Keys: <c>EC</c> and <c>RSA</c> (RFC 7518 §6), <c>OKP</c> (RFC 8037 §2).</summary>
internal static class Jwk
{
    private const int MaxBytes = 16_384;

    private static readonly string[] PrivateMembers = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"]; // RFC 7518 §6.2.2, §6.3.2, §6.4.1

    // RFC 7518 §3.1, RFC 8037 §3.1, RFC 9864 §2.2. What is not here is not an algorithm that is checked here.
    private static readonly Dictionary<string, KeyAlgorithm> Algorithms = new(StringComparer.Ordinal)
    {
        ["ES256"] = KeyAlgorithm.EcdsaP256, ["ES384"] = KeyAlgorithm.EcdsaP384, ["EdDSA"] = KeyAlgorithm.Ed25519, ["Ed25519"] = KeyAlgorithm.Ed25519,
        ["PS256"] = KeyAlgorithm.RsaPssSha256, ["RS256"] = KeyAlgorithm.RsaPkcs1Sha256,
    };

    public static Verification Read(ReadOnlySpan<byte> utf8, KeyAlgorithm? algorithm, out PublicKey? key)
    {
        key = null;
        if (!StrictJson.TryParseObject(utf8, MaxBytes, out var jwk, out var error)) return Malformed(error);
        if (Array.Exists(PrivateMembers, name => jwk.TryGetProperty(name, out _)))
            return Verification.Invalid("key_is_private", "the JWK holds a private or secret key: keep it to yourself, and give the public one");
        if (jwk.TryGetProperty("use", out _) && jwk.Text("use") != "sig") return Malformed("the JWK's use is not sig");
        if (jwk.TryGetProperty("key_ops", out var uses) && !Includes(uses, "verify")) return Malformed("the JWK's key_ops do not include verify");

        if (jwk.TryGetProperty("alg", out _))
        {
            if (jwk.Text("alg") is not { } name || !Algorithms.TryGetValue(name, out var said))
                return Verification.Invalid("key_kind_unsupported", $"the JWK's alg is not one of {string.Join(", ", Algorithms.Keys)}");
            if (algorithm is { } expected && expected != said) return SignerKeyReader.Differs($"for {KeyAlgorithmName.Of(said)}", expected);
            algorithm = said;
        }

        return jwk.Text("kty") switch
        {
            "EC" => ReadEc(jwk, algorithm, out key),
            "RSA" => ReadRsa(jwk, algorithm, out key),
            "OKP" => ReadOkp(jwk, algorithm, out key),
            _ => Verification.Invalid("key_kind_unsupported", "the JWK's kty is not EC, RSA or OKP"),
        };
    }

    private static Verification ReadEc(JsonElement jwk, KeyAlgorithm? algorithm, out PublicKey? key)
    {
        key = null;
        if (EcdsaCurve.All.FirstOrDefault(each => each.Name == jwk.Text("crv")) is not { } curve)
            return Verification.Invalid("key_curve_unsupported", "the JWK's crv is not P-256 or P-384");

        // RFC 7518 §6.2.1.2: a coordinate has its full length, zeros in front included.
        if (!UrlBase64.TryDecodeUnpadded(jwk.Text("x"), out var x) || !UrlBase64.TryDecodeUnpadded(jwk.Text("y"), out var y)
            || x.Length != curve.CoordinateLength || y.Length != curve.CoordinateLength)
            return Malformed($"the JWK's x and y are not base64url of {curve.CoordinateLength} bytes each");
        return SignerKeyReader.Expect(EcdsaPublicKey.FromPoint(x, y, curve), curve.Algorithm, algorithm, out key);
    }

    private static Verification ReadRsa(JsonElement jwk, KeyAlgorithm? algorithm, out PublicKey? key)
    {
        key = null;
        if (algorithm is not { } scheme) return SignerKeyReader.AlgorithmNeeded;
        if (!RsaScheme.IsRsa(scheme)) return SignerKeyReader.Differs("RSA", scheme);

        // RFC 7518 §2, Base64urlUInt: as few bytes as the number needs.
        if (!UrlBase64.TryDecodeUnpadded(jwk.Text("n"), out var modulus) || !UrlBase64.TryDecodeUnpadded(jwk.Text("e"), out var exponent)
            || modulus is [] or [0, ..] || exponent is [] or [0, ..])
            return Malformed("the JWK's n and e are not base64url of numbers without zeros in front");
        return RsaPublicKey.FromParameters(new RSAParameters { Modulus = modulus, Exponent = exponent }, scheme, out key);
    }

    private static Verification ReadOkp(JsonElement jwk, KeyAlgorithm? algorithm, out PublicKey? key)
    {
        key = null;
        if (jwk.Text("crv") != "Ed25519") return Verification.Invalid("key_curve_unsupported", "the JWK's crv is not Ed25519");
        if (!UrlBase64.TryDecodeUnpadded(jwk.Text("x"), out var x) || x.Length != Ed25519PublicKey.KeyLength) return Malformed("the JWK's x is not base64url of 32 bytes");
        return SignerKeyReader.Expect(PublicKey.FromEd25519(x), KeyAlgorithm.Ed25519, algorithm, out key);
    }

    private static bool Includes(JsonElement array, string text) =>
        array.ValueKind == JsonValueKind.Array && array.EnumerateArray().Any(each => each.ValueKind == JsonValueKind.String && each.ValueEquals(text));

    private static Verification Malformed(string reason) => Verification.Invalid("key_malformed", reason);
}
