using Ledger.Integrity.Notes;
using Ledger.Integrity.Timestamps;

namespace Ledger.Verifier.Bundles;

/// <summary>What a bundle is held against that does not come from the bundle.</summary>
/// <param name="LogKey">The log's key as the verifier got it elsewhere; null to go by the one in the bundle, which the report then says.</param>
/// <param name="Pin">A checkpoint of the log that the verifier kept; null where there is none.</param>
/// <param name="Timestamps">The roots under which timestamps count; null where they are not looked at.</param>
public sealed record BundleTrust(VerifierKey? LogKey = null, Checkpoint? Pin = null, TimestampAnchors? Timestamps = null);
