namespace Ledger.Integrity.Notes;

/// <summary>A cosignature that was checked and holds.</summary>
/// <param name="Witness">Who cosigned.</param>
/// <param name="UnixSeconds">When, by the witness's clock: seconds since 1970, 0 to 2^63 − 1. Whether that can be is for the caller, who has a clock.</param>
public sealed record Cosignature(VerifierKey Witness, long UnixSeconds);
