using System.Text.Json;
using Ledger.Domain;
using Ledger.Domain.GoNoGo;
using Ledger.Integrity;
using Ledger.Integrity.Canonical;

namespace Ledger.Verifier.Chains;

/// <summary>The digest by which a sign-off, or a decision, names the go/no-go that it rests on. Pure and thread-safe.</summary>
public static class GoNoGoDigest
{
    /// <summary>SHA-256 of <see cref="Canonical"/>.</summary>
    public static Digest Of(ReleaseStanding standing) => Digest.Of(Hash.Sha256(Canonical(standing)).Bytes);

    /// <summary>The go/no-go as canonical JSON (RFC 8785): the same bytes for the same go/no-go.</summary>
    public static byte[] Canonical(ReleaseStanding standing) =>
        CanonicalJson.Canonicalize(JsonSerializer.SerializeToUtf8Bytes(standing, DomainJson.Default.ReleaseStanding));
}
