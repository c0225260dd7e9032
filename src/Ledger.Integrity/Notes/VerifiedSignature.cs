namespace Ledger.Integrity.Notes;

/// <summary>A signature of a note that was checked and holds.</summary>
/// <param name="Key">Whose it is.</param>
/// <param name="UnixSeconds">When a cosigner says it signed, in seconds since 1970; null for signatures that hold no time.</param>
internal readonly record struct VerifiedSignature(VerifierKey Key, long? UnixSeconds);
