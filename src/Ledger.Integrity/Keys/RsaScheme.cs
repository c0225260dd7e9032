using System.Security.Cryptography;

namespace Ledger.Integrity.Keys;

/// <summary>The two ways in which one RSA key can sign, and what a key must be to do so.</summary>
internal static class RsaScheme
{
    /// <summary>128 bits of strength (NIST SP 800-57 part 1 rev. 5, table 2).</summary>
    public const int MinModulusBits = 3072;

    /// <summary>A check costs the square of the length, and keys come from outside.</summary>
    public const int MaxModulusBits = 8192;

    private const int MaxExponentLength = 4;
    private const long MinExponent = 65_537; // FIPS 186-5 §A.1.1: odd, above 2^16. Smaller ones have made bad checkers forgeable.

    public static bool IsRsa(KeyAlgorithm algorithm) => algorithm is KeyAlgorithm.RsaPssSha256 or KeyAlgorithm.RsaPkcs1Sha256;

    // .NET's PSS is MGF1 with the same hash and a salt as long as the hash, and it holds what it checks to that.
    public static RSASignaturePadding Padding(KeyAlgorithm algorithm) =>
        algorithm == KeyAlgorithm.RsaPssSha256 ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1;

    /// <summary>Why the key cannot be used; null when it can.</summary>
    public static Verification? Refusal(RSA key)
    {
        var parameters = key.ExportParameters(includePrivateParameters: false);
        var bits = key.KeySize;
        if (bits < MinModulusBits) return Verification.Invalid("key_too_short", $"the RSA key has {bits} bits; at least {MinModulusBits} are needed");
        if (bits > MaxModulusBits) return Verification.Invalid("key_too_long", $"the RSA key has {bits} bits; at most {MaxModulusBits} are taken");
        return IsExponent(parameters.Exponent!) ? null : Verification.Invalid("key_malformed", "the RSA key's exponent is not an odd number from 65537 to 2^32");
    }

    private static bool IsExponent(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxExponentLength) return false;
        var exponent = 0L;
        foreach (var value in bytes) exponent = (exponent << 8) | value;
        return exponent >= MinExponent && (exponent & 1) == 1;
    }
}
