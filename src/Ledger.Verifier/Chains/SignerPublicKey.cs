using Ledger.Domain.Signers;
using Ledger.Integrity.Keys;

namespace Ledger.Verifier.Chains;

/// <summary>A signer's key as the log holds it, made ready to check signatures.</summary>
public static class SignerPublicKey
{
    // SubjectPublicKeyInfo of RSA with 8192 bits has less than 1,100 bytes.
    private const int MaxLength = 4_096;

    /// <summary>The key; null where the log holds no key that this machine can use, or another than its id says.</summary>
    public static PublicKey? Read(SignerKey key)
    {
        if (key.PublicKey.Length > MaxLength || !KeyAlgorithmName.TryParse(key.Algorithm, out var algorithm)) return null;
        var spki = new byte[key.PublicKey.Length];
        return Convert.TryFromBase64String(key.PublicKey, spki, out var length)
            && SignerKeyReader.ReadSpki(spki.AsSpan(0, length), algorithm, out var read).IsValid
            && read!.KeyId == key.Id.Hex
            ? read
            : null;
    }
}
