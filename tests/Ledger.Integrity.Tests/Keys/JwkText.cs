using System.Buffers.Text;
using System.Security.Cryptography;

using Ledger.Integrity.Keys;

namespace Ledger.Integrity.Tests.Keys;

/// <summary>Public keys as other programs write them into a JWK.</summary>
internal static class JwkText
{
    public static string Of(PublicKey key)
    {
        switch (key.Algorithm)
        {
            case KeyAlgorithm.Ed25519:
                return $$"""{"kty":"OKP","crv":"Ed25519","x":"{{Base64Url.EncodeToString(key.Spki.Span[^32..])}}"}""";
            case KeyAlgorithm.EcdsaP256 or KeyAlgorithm.EcdsaP384:
                using (var ecdsa = ECDsa.Create())
                {
                    ecdsa.ImportSubjectPublicKeyInfo(key.Spki.Span, out _);
                    var point = ecdsa.ExportParameters(false).Q;
                    var curve = key.Algorithm == KeyAlgorithm.EcdsaP256 ? "P-256" : "P-384";
                    return $$"""{"kty":"EC","crv":"{{curve}}","x":"{{Base64Url.EncodeToString(point.X)}}","y":"{{Base64Url.EncodeToString(point.Y)}}"}""";
                }

            default:
                using (var rsa = RSA.Create())
                {
                    rsa.ImportSubjectPublicKeyInfo(key.Spki.Span, out _);
                    var parameters = rsa.ExportParameters(false);
                    var name = key.Algorithm == KeyAlgorithm.RsaPssSha256 ? "PS256" : "RS256";
                    return $$"""{"kty":"RSA","alg":"{{name}}","n":"{{Base64Url.EncodeToString(parameters.Modulus)}}","e":"{{Base64Url.EncodeToString(parameters.Exponent)}}"}""";
                }
        }
    }
}
