using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

using Ledger.Integrity.Timestamps;

namespace Ledger.Integrity.Tests.Timestamps;

/// <summary>An authority that signs what <c>openssl ts</c> refuses to: with a certificate for other things, or at a time it is not of.</summary>
internal sealed class CarelessAuthority : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset End = Start.AddDays(10);

    private readonly X509Certificate2 _root;
    private readonly X509Certificate2 _signer;

    public CarelessAuthority(bool isCritical, params string[] usages)
    {
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var root = new CertificateRequest("CN=Careless-Root", rootKey, HashAlgorithmName.SHA256);
        root.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _root = root.CreateSelfSigned(Start.AddYears(-1), End.AddYears(1));

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var signer = new CertificateRequest("CN=Careless-TSA", key, HashAlgorithmName.SHA256);
        signer.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([.. usages.Select(usage => new Oid(usage))], isCritical));
        using var certificate = signer.Create(_root, Start, End, [1]);
        _signer = certificate.CopyWithPrivateKey(key);
    }

    public TimestampAnchors Anchors => TimestampAnchors.TryParsePem(_root.ExportCertificatePem(), out var anchors, out var error) ? anchors : throw new InvalidOperationException(error);

    public byte[] Token(Hash imprint, DateTimeOffset time)
    {
        var info = new Rfc3161TimestampTokenInfo(new Oid("1.2.3.4.1"), new Oid("2.16.840.1.101.3.4.2.1"), imprint.ToArray(), new byte[] { 1 }, time);
        var cms = new SignedCms(new ContentInfo(new Oid("1.2.840.113549.1.9.16.1.4"), info.Encode()));
        var signer = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, _signer) { DigestAlgorithm = new Oid("2.16.840.1.101.3.4.2.1"), IncludeOption = X509IncludeOption.EndCertOnly };
        signer.SignedAttributes.Add(new AsnEncodedData(new Oid("1.2.840.113549.1.9.16.2.47"), SigningCertificateV2()));
        cms.ComputeSignature(signer);
        return cms.Encode();
    }

    public void Dispose()
    {
        _root.Dispose();
        _signer.Dispose();
    }

    // RFC 5035 §3: SEQUENCE { SEQUENCE OF SEQUENCE { certHash } }, SHA-256 where no algorithm is named.
    private byte[] SigningCertificateV2()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence())
            writer.WriteOctetString(SHA256.HashData(_signer.RawData));
        return writer.Encode();
    }
}
