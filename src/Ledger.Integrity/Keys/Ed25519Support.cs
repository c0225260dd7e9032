using System.Security.Cryptography;

namespace Ledger.Integrity.Keys;

/// <summary>Whether this machine can do Ed25519. Found out once, at the first question. Thread-safe.</summary>
public static class Ed25519Support
{
    private static readonly Lazy<string?> Reason = new(Probe);

    /// <summary>Whether OpenSSL 3's libcrypto is there and offers Ed25519.</summary>
    public static bool IsAvailable => Reason.Value is null;

    /// <summary>Why not, for people; null when it is available.</summary>
    public static string? UnavailableReason => Reason.Value;

    // A whole signature, checked: a library without the curve, or with it switched off by policy (FIPS), must not be found out later.
    private static string? Probe()
    {
        try
        {
            using var key = LibCrypto.NewPrivateKey(new byte[Ed25519PublicKey.KeyLength]);
            var signature = new byte[Ed25519PublicKey.SignatureLength];
            LibCrypto.Sign(key, "probe"u8, signature);
            return LibCrypto.Verify(key, "probe"u8, signature) ? null : "libcrypto does not verify its own Ed25519 signature";
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException or CryptographicException)
        {
            return $"OpenSSL 3's libcrypto does not offer Ed25519 here: {e.Message}";
        }
    }
}
