using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace Ledger.Integrity.Timestamps;

/// <summary>Checks RFC 3161 timestamps offline: against pinned roots, without the machine's own and without the network. Thread-safe.</summary>
public static class Timestamp
{
    /// <summary>The largest response or token that is read, in bytes.</summary>
    public const int MaxBytes = 65_536;

    private const string TimeStampingOid = "1.3.6.1.5.5.7.3.8"; // RFC 3161 §2.3, id-kp-timeStamping

    // Of the digests that CMS signers use, those without known collisions (RFC 8933, RFC 5754 §2).
    private static readonly string[] DigestOids = ["2.16.840.1.101.3.4.2.1", "2.16.840.1.101.3.4.2.2", "2.16.840.1.101.3.4.2.3"];

    /// <summary>
    /// Checks that an authority under one of the roots signed that this digest existed at that time. Certificates are checked as of the
    /// timestamp; whether one was revoked later is not asked.
    /// </summary>
    /// <param name="der">A TimeStampResp or a TimeStampToken; at most <see cref="MaxBytes"/>.</param>
    /// <param name="imprint">SHA-256 of what was timestamped.</param>
    /// <param name="anchors">The roots.</param>
    /// <param name="nonce">The nonce of the request, where the answer is to it; empty when it is not known.</param>
    /// <param name="verified">What the timestamp says; null unless valid.</param>
    /// <returns>
    /// Codes: <c>timestamp_malformed</c>, <c>timestamp_not_granted</c>, <c>timestamp_imprint_differs</c>, <c>timestamp_nonce_differs</c>,
    /// <c>timestamp_usage_wrong</c>, <c>timestamp_certificate_not_of_time</c>, <c>timestamp_digest_weak</c>, <c>timestamp_signature_invalid</c>,
    /// <c>timestamp_authority_untrusted</c>.
    /// </returns>
    public static Verification Verify(
        ReadOnlyMemory<byte> der, in Hash imprint, TimestampAnchors anchors, ReadOnlySpan<byte> nonce, out VerifiedTimestamp? verified)
    {
        verified = null;
        if (der.Length > MaxBytes) return Malformed($"the timestamp is larger than {MaxBytes} bytes");
        var found = TimestampResponse.FindToken(der, out var encoded);
        if (!found.IsValid) return found;
        try
        {
            var cms = new SignedCms();
            cms.Decode(encoded.Span);
            if (!Rfc3161TimestampTokenInfo.TryDecode(cms.ContentInfo.Content, out var info, out _)) return Malformed("the token holds no TSTInfo");
            if (cms.SignerInfos is not [{ Certificate: { } certificate }]) return Malformed("the token does not hold one signature and the certificate of who made it");
            var fit = CheckCertificate(certificate, info.Timestamp);
            if (!fit.IsValid) return fit;
            if (!Rfc3161TimestampToken.TryDecode(encoded, out var token, out var read) || read != encoded.Length) return Malformed("the token is not one of RFC 3161");
            return Verify(token, imprint, anchors, nonce, out verified);
        }
        catch (CryptographicException)
        {
            return Malformed("the token is not one of RFC 3161");
        }
    }

    // .NET refuses a token whose certificate does not fit, and does not say why.
    private static Verification CheckCertificate(X509Certificate2 certificate, DateTimeOffset time)
    {
        if (!IsForTimestampsAlone(certificate)) return Verification.Invalid("timestamp_usage_wrong", "the authority's certificate is not for timestamps alone");
        return time.UtcDateTime >= certificate.NotBefore.ToUniversalTime() && time.UtcDateTime <= certificate.NotAfter.ToUniversalTime()
            ? Verification.Valid
            : Verification.Invalid("timestamp_certificate_not_of_time", "the authority's certificate was not valid at the time of the timestamp");
    }

    private static Verification Verify(Rfc3161TimestampToken token, in Hash imprint, TimestampAnchors anchors, ReadOnlySpan<byte> nonce, out VerifiedTimestamp? verified)
    {
        verified = null;
        var info = token.TokenInfo;
        if (!info.GetMessageHash().Span.SequenceEqual(imprint.Bytes)) return Verification.Invalid("timestamp_imprint_differs", "the timestamp is of another digest");
        if (!nonce.IsEmpty && !(info.GetNonce() is { } answered && TimestampRequest.Significant(answered.Span).SequenceEqual(TimestampRequest.Significant(nonce))))
            return Verification.Invalid("timestamp_nonce_differs", "the timestamp does not answer this request");

        var cms = token.AsSignedCms();
        if (!DigestOids.Contains(cms.SignerInfos[0].DigestAlgorithm.Value)) return Verification.Invalid("timestamp_digest_weak", "the authority signed with a digest other than SHA-256, 384 or 512");
        if (!token.VerifySignatureForHash(imprint.Bytes, HashAlgorithmName.SHA256, out var signer))
            return Verification.Invalid("timestamp_signature_invalid", "the authority's signature does not verify");
        var fit = CheckCertificate(signer, info.Timestamp);
        if (!fit.IsValid) return fit;
        if (!IsUnder(anchors, signer, cms.Certificates, info.Timestamp)) return Verification.Invalid("timestamp_authority_untrusted", "the authority's certificate does not lead to a trusted root as of that time");

        TimeSpan? accuracy = info.AccuracyInMicroseconds is { } microseconds ? TimeSpan.FromMicroseconds(microseconds) : null;
        verified = new VerifiedTimestamp(
            info.Timestamp.ToUniversalTime(), accuracy, signer.Subject, info.PolicyId.Value!, Convert.ToHexStringLower(info.GetSerialNumber().Span));
        return Verification.Valid;
    }

    // RFC 3161 §2.3: the extension is critical and has this purpose only.
    private static bool IsForTimestampsAlone(X509Certificate2 certificate) => certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().ToList() is
        [{ Critical: true, EnhancedKeyUsages: { Count: 1 } usages }] && usages[0].Value == TimeStampingOid;

    private static bool IsUnder(TimestampAnchors anchors, X509Certificate2 signer, X509Certificate2Collection intermediates, DateTimeOffset time)
    {
        using var chain = new X509Chain();
        var policy = chain.ChainPolicy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.AddRange(anchors.Roots.ToArray());
        policy.ExtraStore.AddRange(intermediates);
        policy.ApplicationPolicy.Add(new Oid(TimeStampingOid));
        policy.RevocationMode = X509RevocationMode.NoCheck;
        policy.DisableCertificateDownloads = true;
        policy.VerificationTimeIgnored = false;
        policy.VerificationTime = time.UtcDateTime;
        return chain.Build(signer);
    }

    private static Verification Malformed(string reason) => Verification.Invalid("timestamp_malformed", reason);
}
