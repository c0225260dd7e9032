using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Ledger.Server.Auth.IdentityProviders;

/// <summary>A key that tokens are verified by.</summary>
/// <param name="Key">The public key.</param>
/// <param name="Algorithm">The one algorithm that it verifies (RFC 7518, section 3.1). It is the key's to say, never the token's.</param>
internal sealed record PinnedKey(SecurityKey Key, string Algorithm);

/// <summary>A provider's keys by their ids (JSON Web Key Set, RFC 7517). Immutable.</summary>
internal sealed class KeySet
{
    private const int RsaBitsMin = 2048;

    private readonly Dictionary<string, PinnedKey> _keys;

    private KeySet(Dictionary<string, PinnedKey> keys) => _keys = keys;

    /// <summary>The key with exactly this id; null where there is none. An id is a name in this set and nothing else: never a path, never an address.</summary>
    public PinnedKey? Find(string id) => _keys.GetValueOrDefault(id);

    /// <summary>
    /// Reads a key set. A key of a kind that is not verified here, or that is for something else than signatures, is passed over; one that nobody can tell apart
    /// is refused, and so is a set without a key that is good for anything.
    /// </summary>
    /// <param name="json">The set.</param>
    /// <param name="keys">The keys.</param>
    /// <param name="error">What is wrong; null when the answer is true.</param>
    public static bool TryParse(string json, [NotNullWhen(true)] out KeySet? keys, [NotNullWhen(false)] out string? error)
    {
        (keys, error) = (null, null);
        JsonWebKeySet set;
        try
        {
            set = new JsonWebKeySet(json);
        }
        catch (ArgumentException)
        {
            error = "is no JSON Web Key Set";
            return false;
        }

        var found = new Dictionary<string, PinnedKey>(StringComparer.Ordinal);
        foreach (var key in set.Keys)
        {
            if (Pin(key) is not { } pinned) continue;
            if (string.IsNullOrEmpty(key.Kid)) error = "has a key without an id (kid)";
            else if (!found.TryAdd(key.Kid, pinned)) error = $"has two keys with the id '{key.Kid}'";
            if (error is not null) return false;
        }

        if (found.Count > 0) keys = new KeySet(found);
        else error = "has no RSA key of 2048 bits or more and no key on P-256, P-384 or P-521 that is for signatures";
        return keys is not null;
    }

    // From the numbers alone: a certificate or an address in the key (x5c, x5u) is not looked at.
    private static PinnedKey? Pin(JsonWebKey key)
    {
        if (key.Use is not (null or "" or "sig") || (key.KeyOps.Count > 0 && !key.KeyOps.Contains("verify"))) return null;
        try
        {
            return key.Kty switch
            {
                JsonWebAlgorithmsKeyTypes.RSA => PinRsa(key),
                JsonWebAlgorithmsKeyTypes.EllipticCurve => PinEllipticCurve(key),
                _ => null, // a shared secret (oct) above all
            };
        }
        catch (Exception exception) when (exception is FormatException or CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    private static PinnedKey? PinRsa(JsonWebKey key)
    {
        var numbers = new RSAParameters { Modulus = Base64UrlEncoder.DecodeBytes(key.N), Exponent = Base64UrlEncoder.DecodeBytes(key.E) };
        var rsa = new RsaSecurityKey(numbers) { KeyId = key.Kid };
        var algorithm = string.IsNullOrEmpty(key.Alg) ? SecurityAlgorithms.RsaSha256 : key.Alg;
        return rsa.KeySize >= RsaBitsMin && algorithm is "RS256" or "RS384" or "RS512" or "PS256" or "PS384" or "PS512" ? new PinnedKey(rsa, algorithm) : null;
    }

    private static PinnedKey? PinEllipticCurve(JsonWebKey key)
    {
        (ECCurve Curve, string Algorithm)? known = key.Crv switch
        {
            JsonWebKeyECTypes.P256 => (ECCurve.NamedCurves.nistP256, SecurityAlgorithms.EcdsaSha256),
            JsonWebKeyECTypes.P384 => (ECCurve.NamedCurves.nistP384, SecurityAlgorithms.EcdsaSha384),
            JsonWebKeyECTypes.P521 => (ECCurve.NamedCurves.nistP521, SecurityAlgorithms.EcdsaSha512),
            _ => null,
        };
        if (known is not var (curve, algorithm) || !(string.IsNullOrEmpty(key.Alg) || key.Alg == algorithm)) return null;
        var point = new ECPoint { X = Base64UrlEncoder.DecodeBytes(key.X), Y = Base64UrlEncoder.DecodeBytes(key.Y) };
        return new PinnedKey(new ECDsaSecurityKey(ECDsa.Create(new ECParameters { Curve = curve, Q = point })) { KeyId = key.Kid }, algorithm);
    }
}
