using System.Diagnostics;

namespace Ledger.Integrity.Keys;

/// <summary>What each algorithm is called where it is written down: names are a storage format and are never changed.</summary>
public static class KeyAlgorithmName
{
    private static readonly KeyAlgorithm[] All = Enum.GetValues<KeyAlgorithm>();

    /// <summary>The name, e.g. <c>ecdsa-p256-sha256</c>.</summary>
    public static string Of(KeyAlgorithm algorithm) => algorithm switch
    {
        KeyAlgorithm.Ed25519 => "ed25519",
        KeyAlgorithm.EcdsaP256 => "ecdsa-p256-sha256",
        KeyAlgorithm.EcdsaP384 => "ecdsa-p384-sha384",
        KeyAlgorithm.RsaPssSha256 => "rsa-pss-sha256",
        KeyAlgorithm.RsaPkcs1Sha256 => "rsa-pkcs1-sha256",
        _ => throw new UnreachableException(),
    };

    /// <summary>The algorithm of exactly this name.</summary>
    /// <returns>False for any other text, upper case included.</returns>
    public static bool TryParse(string name, out KeyAlgorithm algorithm)
    {
        algorithm = Array.Find(All, each => Of(each) == name);
        return algorithm != default;
    }
}
