using System.Diagnostics;
using Ledger.Integrity.Keys;

namespace Ledger.Exports.Bundles;

/// <summary>The command of OpenSSL 3 that checks a signature of each kind of key: what an auditor types who trusts nothing of ours.</summary>
internal static class OpenSslCommand
{
    public static string Verify(KeyAlgorithm algorithm, string key, string signature, string signed) => algorithm switch
    {
        KeyAlgorithm.Ed25519 => $"openssl pkeyutl -verify -pubin -inkey {key} -rawin -in {signed} -sigfile {signature}",
        KeyAlgorithm.EcdsaP256 or KeyAlgorithm.RsaPkcs1Sha256 => $"openssl dgst -sha256 -verify {key} -signature {signature} {signed}",
        KeyAlgorithm.EcdsaP384 => $"openssl dgst -sha384 -verify {key} -signature {signature} {signed}",
        KeyAlgorithm.RsaPssSha256 =>
            $"openssl dgst -sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32 -sigopt rsa_mgf1_md:sha256 -verify {key} -signature {signature} {signed}",
        _ => throw new UnreachableException(),
    };
}
