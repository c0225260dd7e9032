using System.Security.Cryptography;

namespace Ledger.Integrity.Keys;

/// <summary>
/// A private key that signs. Any number of threads may sign with one at once; dispose it only when none does. The private part
/// leaves it through <see cref="ExportPkcs8Pem"/> alone.
/// </summary>
public abstract class SigningKey : IDisposable
{
    internal const string PemLabel = "PRIVATE KEY";

    private protected SigningKey(PublicKey publicKey) => PublicKey = publicKey;

    /// <summary>The algorithm of the key.</summary>
    public KeyAlgorithm Algorithm => PublicKey.Algorithm;

    /// <summary>The key that checks this one's signatures; lives on when this one is disposed.</summary>
    public PublicKey PublicKey { get; }

    /// <summary>Signs <paramref name="data"/>: 64 bytes for Ed25519, ASN.1 DER for ECDSA, as long as the modulus for RSA.</summary>
    /// <exception cref="CryptographicException">The library failed.</exception>
    /// <exception cref="ObjectDisposedException">The key was disposed.</exception>
    public abstract byte[] Sign(ReadOnlySpan<byte> data);

    /// <summary>The private key as unencrypted PKCS#8 PEM (RFC 5958, RFC 7468 §10), without a newline at the end: a secret.</summary>
    public abstract string ExportPkcs8Pem();

    /// <summary>A new key: Ed25519 where <see cref="Ed25519Support.IsAvailable"/>, else ECDSA on P-256; <see cref="Algorithm"/> says which.</summary>
    public static SigningKey Generate() => Generate(Ed25519Support.IsAvailable ? KeyAlgorithm.Ed25519 : KeyAlgorithm.EcdsaP256);

    /// <summary>A new key of <paramref name="algorithm"/>, drawn by the platform's cryptographic generator; RSA keys have 3072 bits.</summary>
    /// <exception cref="PlatformNotSupportedException">Ed25519 is wanted and not available.</exception>
    public static SigningKey Generate(KeyAlgorithm algorithm) => algorithm switch
    {
        KeyAlgorithm.Ed25519 => Ed25519SigningKey.New(),
        KeyAlgorithm.EcdsaP256 => EcdsaSigningKey.New(EcdsaCurve.P256),
        KeyAlgorithm.EcdsaP384 => EcdsaSigningKey.New(EcdsaCurve.P384),
        KeyAlgorithm.RsaPssSha256 or KeyAlgorithm.RsaPkcs1Sha256 => RsaSigningKey.New(algorithm),
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "No such algorithm."),
    };

    /// <summary>Reads a log's key: what <see cref="ExportPkcs8Pem"/> or <c>openssl genpkey</c> wrote. <see cref="SignerKeyReader"/> reads the other kinds.</summary>
    /// <exception cref="FormatException">The text is not one unencrypted PKCS#8 block with an Ed25519 or P-256 key.</exception>
    /// <exception cref="PlatformNotSupportedException">The key is Ed25519, which is not available.</exception>
    public static SigningKey ImportPkcs8Pem(ReadOnlySpan<char> pem)
    {
        if (!Pem.TryDecode(pem, PemLabel, out var pkcs8, out var error)) throw new FormatException(error);
        try
        {
            if (Ed25519SigningKey.IsPkcs8(pkcs8)) return Ed25519SigningKey.FromPkcs8(pkcs8);
            return EcdsaSigningKey.FromPkcs8(pkcs8, EcdsaCurve.P256) ?? throw new FormatException("The key is neither Ed25519 nor ECDSA on P-256.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
        }
    }

    /// <inheritdoc/>
    public abstract void Dispose();
}
