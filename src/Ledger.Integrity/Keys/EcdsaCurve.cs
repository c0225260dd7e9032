using System.Security.Cryptography;

namespace Ledger.Integrity.Keys;

/// <summary>A NIST curve with the hash that is as strong as it is (RFC 5480 §2.1.1.1, §4).</summary>
internal sealed record EcdsaCurve(KeyAlgorithm Algorithm, string Name, string Oid, ECCurve Curve, HashAlgorithmName Hash, int CoordinateLength)
{
    public static readonly EcdsaCurve P256 =
        new(KeyAlgorithm.EcdsaP256, "P-256", "1.2.840.10045.3.1.7", ECCurve.NamedCurves.nistP256, HashAlgorithmName.SHA256, 32);

    public static readonly EcdsaCurve P384 =
        new(KeyAlgorithm.EcdsaP384, "P-384", "1.3.132.0.34", ECCurve.NamedCurves.nistP384, HashAlgorithmName.SHA384, 48);

    public static IReadOnlyList<EcdsaCurve> All { get; } = [P256, P384];

    /// <summary>Whether the key names this curve. Spelled-out parameters are refused: they can look like a curve and not be it (CVE-2020-0601).</summary>
    public bool IsOf(ECDsa key) => key.ExportParameters(includePrivateParameters: false).Curve is { IsNamed: true } curve && curve.Oid.Value == Oid;
}
