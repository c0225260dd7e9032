using System.Security.Cryptography;

using Ledger.Integrity.Keys;

namespace Ledger.Integrity.Tests.Keys;

/// <summary>Keys that are the same in every run.</summary>
internal static class TestKeys
{
    /// <summary>RFC 8032 §7.1, TEST 1.</summary>
    public static SigningKey Ed25519 => FromSeed("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");

    /// <summary>RFC 8032 §7.1, TEST 2.</summary>
    public static SigningKey OtherEd25519 => FromSeed("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");

    /// <summary>A key drawn by <c>openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256</c>; it protects nothing.</summary>
    public static SigningKey EcdsaP256 => SigningKey.ImportPkcs8Pem(
        """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg2IZz5X4NMfcp/Gbk
        tkgXBJkFr706wpb9LMAVGtkUF82hRANCAASJW0zs14HOiL+DgfZbyr4QSZN0P4kp
        7+UjZ4PXSIozCsYXTF30f1Fece9I/afiyAEvMNAQ9f3GAVn2+MT/3ny0
        -----END PRIVATE KEY-----
        """);

    public static SigningKey FromSeed(string hex) =>
        SigningKey.ImportPkcs8Pem(PemEncoding.WriteString("PRIVATE KEY", Convert.FromHexString("302e020100300506032b657004220420" + hex)));
}
