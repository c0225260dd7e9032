using Ledger.Domain.GoNoGo;
using Ledger.Domain.Signers;

namespace Ledger.Domain.SignOffs;

/// <summary>What a sign-off, or a decision, is held against beyond the release itself.</summary>
/// <param name="Ledger">The ledger's origin.</param>
/// <param name="Head">The leaf hash of the release's newest event.</param>
/// <param name="DigestOf">SHA-256 over the canonical JSON (RFC 8785) of a go/no-go.</param>
/// <param name="Signer">The signer that the statement names; null where there is none of that id, or none is named.</param>
public sealed record SignOffContext(string Ledger, Digest Head, Func<ReleaseStanding, Digest> DigestOf, SignerState? Signer = null);
