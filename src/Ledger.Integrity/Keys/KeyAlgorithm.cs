namespace Ledger.Integrity.Keys;

/// <summary>
/// The signature algorithms that the ledger makes and checks; <see cref="KeyAlgorithmName"/> gives each its name. A log signs with one of the
/// first two; people and machines that sign statements may use any.
/// </summary>
public enum KeyAlgorithm
{
    /// <summary>Ed25519 (RFC 8032 §5.1, pure). Signatures are 64 bytes.</summary>
    Ed25519 = 1,

    /// <summary>ECDSA on NIST P-256 with SHA-256. Signatures are ASN.1 DER (RFC 3279 §2.2.3), at most 72 bytes.</summary>
    EcdsaP256 = 2,

    /// <summary>ECDSA on NIST P-384 with SHA-384. Signatures are ASN.1 DER (RFC 3279 §2.2.3), at most 104 bytes.</summary>
    EcdsaP384 = 3,

    /// <summary>RSASSA-PSS with SHA-256, MGF1 with SHA-256 and a salt of 32 bytes (RFC 8017 §8.1). Signatures are as long as the modulus.</summary>
    RsaPssSha256 = 4,

    /// <summary>RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017 §8.2). Signatures are as long as the modulus.</summary>
    RsaPkcs1Sha256 = 5,
}
