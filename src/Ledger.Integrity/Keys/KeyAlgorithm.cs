namespace Ledger.Integrity.Keys;

/// <summary>The signature algorithms that the ledger makes and checks.</summary>
public enum KeyAlgorithm
{
    /// <summary>Ed25519 (RFC 8032 §5.1, pure). Signatures are 64 bytes.</summary>
    Ed25519 = 1,

    /// <summary>ECDSA on NIST P-256 with SHA-256. Signatures are ASN.1 DER (RFC 3279 §2.2.3), at most 72 bytes.</summary>
    EcdsaP256 = 2,
}
