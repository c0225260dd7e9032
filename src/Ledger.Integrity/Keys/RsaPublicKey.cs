using System.Security.Cryptography;

namespace Ledger.Integrity.Keys;

internal sealed class RsaPublicKey : PublicKey
{
    private readonly RSA _key;
    private readonly Lock _using = new(); // .NET promises nothing about two threads in one RSA.

    private RsaPublicKey(RSA key, KeyAlgorithm algorithm)
        : base(key.ExportSubjectPublicKeyInfo()) => (_key, Algorithm) = (key, algorithm);

    public override KeyAlgorithm Algorithm { get; }

    public static Verification FromSpki(ReadOnlySpan<byte> spki, KeyAlgorithm algorithm, out PublicKey? key)
    {
        var rsa = RSA.Create();
        try
        {
            rsa.ImportSubjectPublicKeyInfo(spki, out var read);
            if (read == spki.Length) return Take(rsa, algorithm, out key);
        }
        catch (CryptographicException)
        {
            // Malformed, as below.
        }

        rsa.Dispose();
        key = null;
        return Verification.Invalid("key_malformed", "the SubjectPublicKeyInfo does not hold an RSA key");
    }

    public static Verification FromParameters(RSAParameters parameters, KeyAlgorithm algorithm, out PublicKey? key)
    {
        try
        {
            return Take(RSA.Create(parameters), algorithm, out key);
        }
        catch (CryptographicException)
        {
            key = null;
            return Verification.Invalid("key_malformed", "the modulus and the exponent are not those of an RSA key");
        }
    }

    public override bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        lock (_using) return _key.VerifyData(data, signature, HashAlgorithmName.SHA256, RsaScheme.Padding(Algorithm));
    }

    private static Verification Take(RSA rsa, KeyAlgorithm algorithm, out PublicKey? key)
    {
        var refusal = RsaScheme.Refusal(rsa);
        key = refusal is null ? new RsaPublicKey(rsa, algorithm) : null;
        if (refusal is not null) rsa.Dispose();
        return refusal ?? Verification.Valid;
    }
}
