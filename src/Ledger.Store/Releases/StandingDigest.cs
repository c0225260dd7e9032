using System.Text.Json;
using Ledger.Domain;
using Ledger.Domain.GoNoGo;
using Ledger.Integrity;
using Ledger.Integrity.Canonical;

namespace Ledger.Store.Releases;

/// <summary>The digest by which a sign-off and a decision name the go/no-go that they rest on. Pure and thread-safe.</summary>
internal static class StandingDigest
{
    /// <summary>SHA-256 over the canonical JSON (RFC 8785) of <paramref name="standing"/>.</summary>
    public static Digest Of(ReleaseStanding standing) =>
        Digest.Of(Hash.Sha256(CanonicalJson.Canonicalize(JsonSerializer.SerializeToUtf8Bytes(standing, DomainJson.Default.ReleaseStanding))).Bytes);
}
