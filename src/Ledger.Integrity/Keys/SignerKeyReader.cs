using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Text;

namespace Ledger.Integrity.Keys;

/// <summary>
/// Reads the keys of those who sign statements: Ed25519, ECDSA on P-256 and P-384, RSA from 3072 to 8192 bits. However a key was written, it
/// becomes the same SubjectPublicKeyInfo and so has one <see cref="PublicKey.KeyId"/>. Pure and thread-safe.
/// </summary>
/// <remarks>
/// What is not such a key is refused with one of these codes: <c>key_malformed</c>, <c>key_is_private</c>, <c>key_kind_unsupported</c>,
/// <c>key_curve_unsupported</c>, <c>key_too_short</c>, <c>key_too_long</c>, <c>key_algorithm_needed</c> (an RSA key does not say which of its two
/// algorithms it signs with), <c>key_algorithm_differs</c>, <c>key_algorithm_unavailable</c> (Ed25519, see <see cref="Ed25519Support"/>).
/// </remarks>
public static class SignerKeyReader
{
    private const string EcOid = "1.2.840.10045.2.1"; // RFC 5480 §2.1.1
    private const string RsaOid = "1.2.840.113549.1.1.1"; // RFC 3279 §2.3.1
    private const string Sec1Label = "EC PRIVATE KEY";
    private const string Pkcs1Label = "RSA PRIVATE KEY";

    /// <summary>Reads a public key from PEM or, where the text is a JSON object, from a JWK.</summary>
    /// <param name="text">Exactly one PEM block, <c>PUBLIC KEY</c>, or one JWK; at most 16,384 characters.</param>
    /// <param name="algorithm">The algorithm that is expected. May be null where the key says it: for all but RSA keys without <c>alg</c>.</param>
    /// <param name="key">The key; null unless valid.</param>
    public static Verification Read(string text, KeyAlgorithm? algorithm, out PublicKey? key) =>
        text.AsSpan().TrimStart() is ['{', ..] ? ReadJwk(Encoding.UTF8.GetBytes(text), algorithm, out key) : ReadPem(text, algorithm, out key);

    /// <inheritdoc cref="Read"/>
    /// <param name="pem">Text with exactly one PEM block, <c>PUBLIC KEY</c> (RFC 7468 §13).</param>
    /// <param name="algorithm"/><param name="key"/>
    public static Verification ReadPem(ReadOnlySpan<char> pem, KeyAlgorithm? algorithm, out PublicKey? key)
    {
        key = null;
        if (!Pem.TryDecode(pem, out var label, out var der, out var error)) return Verification.Invalid("key_malformed", error);
        if (label == PublicKey.PemLabel) return ReadSpki(der, algorithm, out key);
        CryptographicOperations.ZeroMemory(der);
        return label.EndsWith(SigningKey.PemLabel, StringComparison.Ordinal)
            ? Verification.Invalid("key_is_private", $"this is a private key ({label}): keep it to yourself, and give the public one")
            : Verification.Invalid("key_malformed", $"the PEM block is a {label}, not a {PublicKey.PemLabel}");
    }

    /// <inheritdoc cref="Read"/>
    /// <param name="spki">The DER of the SubjectPublicKeyInfo, all of it.</param>
    /// <param name="algorithm"/><param name="key"/>
    public static Verification ReadSpki(ReadOnlySpan<byte> spki, KeyAlgorithm? algorithm, out PublicKey? key)
    {
        key = null;
        if (!TryReadIdentifier(spki, out var kind, out var curveOid)) return Verification.Invalid("key_malformed", "the key is not the DER of a SubjectPublicKeyInfo");
        if (kind == RsaOid)
        {
            if (algorithm is not { } scheme) return AlgorithmNeeded;
            return RsaScheme.IsRsa(scheme) ? RsaPublicKey.FromSpki(spki, scheme, out key) : Differs("RSA", scheme);
        }

        if (Ed25519PublicKey.IsSpki(spki)) return Expect(Ed25519PublicKey.FromSpki(spki), KeyAlgorithm.Ed25519, algorithm, out key);
        if (kind != EcOid) return Verification.Invalid("key_kind_unsupported", $"the key is of kind {kind}, not Ed25519, ECDSA or RSA");
        return EcdsaCurve.All.FirstOrDefault(each => each.Oid == curveOid) is { } curve
            ? Expect(EcdsaPublicKey.FromSpki(spki, curve), curve.Algorithm, algorithm, out key)
            : Verification.Invalid("key_curve_unsupported", $"the key's curve is {curveOid ?? "spelled out"}, not P-256 or P-384");
    }

    /// <inheritdoc cref="Read"/>
    /// <param name="utf8">A JWK (RFC 7517, RFC 7518 §6, RFC 8037 §2) without private members.</param>
    /// <param name="algorithm"/><param name="key"/>
    public static Verification ReadJwk(ReadOnlySpan<byte> utf8, KeyAlgorithm? algorithm, out PublicKey? key) => Jwk.Read(utf8, algorithm, out key);

    /// <summary>Reads a private key from unencrypted PEM: PKCS#8 of any kind, SEC1 (<c>EC PRIVATE KEY</c>) or PKCS#1 (<c>RSA PRIVATE KEY</c>).</summary>
    /// <param name="pem">Text with exactly one such block; a block <c>EC PARAMETERS</c> before it is passed over.</param>
    /// <param name="algorithm">The algorithm that is expected; must be given for RSA.</param>
    /// <exception cref="FormatException">The text is not that; the message says why.</exception>
    /// <exception cref="PlatformNotSupportedException">The key is Ed25519, which is not available.</exception>
    public static SigningKey ReadPrivatePem(ReadOnlySpan<char> pem, KeyAlgorithm? algorithm = null)
    {
        if (!Pem.TryDecode(pem, out var label, out var der, out var error)) throw new FormatException(error);
        try
        {
            var key = FromPrivate(label, der, algorithm);
            if (algorithm is null || key.Algorithm == algorithm) return key;
            key.Dispose();
            throw new FormatException(Differs(KeyAlgorithmName.Of(key.Algorithm), algorithm.Value).Reason);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(der);
        }
    }

    internal static Verification AlgorithmNeeded =>
        Verification.Invalid("key_algorithm_needed", "an RSA key signs in two ways: say rsa-pss-sha256 or rsa-pkcs1-sha256");

    internal static Verification Differs(string kind, KeyAlgorithm expected) =>
        Verification.Invalid("key_algorithm_differs", $"the key is {kind}, not {KeyAlgorithmName.Of(expected)}");

    internal static Verification Expect(PublicKey? read, KeyAlgorithm actual, KeyAlgorithm? expected, out PublicKey? key)
    {
        key = null;
        if (expected is { } wanted && wanted != actual) return Differs(KeyAlgorithmName.Of(actual), wanted);
        if (actual == KeyAlgorithm.Ed25519 && !Ed25519Support.IsAvailable) return Verification.Invalid("key_algorithm_unavailable", Ed25519Support.UnavailableReason!);
        if (read is null) return Verification.Invalid("key_malformed", "the key is not an uncompressed point on its curve");
        key = read;
        return Verification.Valid;
    }

    private static SigningKey FromPrivate(string label, byte[] der, KeyAlgorithm? algorithm)
    {
        switch (label)
        {
            case SigningKey.PemLabel when Ed25519SigningKey.IsPkcs8(der):
                return Ed25519SigningKey.FromPkcs8(der);
            case SigningKey.PemLabel when algorithm is { } scheme && RsaScheme.IsRsa(scheme):
                return RsaSigningKey.FromPkcs8(der, scheme) ?? throw new FormatException("The key is not an RSA key.");
            case SigningKey.PemLabel:
                return EcdsaSigningKey.FromPkcs8(der, EcdsaCurve.P256, EcdsaCurve.P384)
                    ?? throw new FormatException("The key is neither Ed25519 nor ECDSA on P-256 or P-384; an RSA key needs its algorithm said, rsa-pss-sha256 or rsa-pkcs1-sha256.");
            case Sec1Label:
                return EcdsaSigningKey.FromSec1(der, EcdsaCurve.P256, EcdsaCurve.P384) ?? throw new FormatException("The key is not ECDSA on P-256 or P-384.");
            case Pkcs1Label when algorithm is not { } scheme || !RsaScheme.IsRsa(scheme):
                throw new FormatException(algorithm is { } other ? Differs("RSA", other).Reason : AlgorithmNeeded.Reason);
            case Pkcs1Label:
                return RsaSigningKey.FromPkcs1(der, algorithm.Value) ?? throw new FormatException("The key is not an RSA key.");
            default:
                throw new FormatException($"The PEM block is a {label}, not an unencrypted private key.");
        }
    }

    private static bool TryReadIdentifier(ReadOnlySpan<byte> spki, out string kind, out string? curve)
    {
        (kind, curve) = ("", null);
        try
        {
            var outer = new AsnReader(spki.ToArray(), AsnEncodingRules.DER);
            var key = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            var identifier = key.ReadSequence();
            kind = identifier.ReadObjectIdentifier();
            if (identifier.HasData && identifier.PeekTag().HasSameClassAndValue(Asn1Tag.ObjectIdentifier)) curve = identifier.ReadObjectIdentifier();
            return true;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }
}
