namespace Ledger.Integrity.Timestamps;

/// <summary>What a timestamp says that was checked and holds.</summary>
/// <param name="Time">When the authority saw the digest, in UTC.</param>
/// <param name="Accuracy">How far off that may be, either way; null when the authority does not say.</param>
/// <param name="Authority">The subject of the authority's certificate, e.g. <c>CN=TSA, O=Example</c>.</param>
/// <param name="PolicyOid">The policy that the authority followed.</param>
/// <param name="SerialNumber">The authority's number of this timestamp, in lower-case hexadecimal.</param>
public sealed record VerifiedTimestamp(DateTimeOffset Time, TimeSpan? Accuracy, string Authority, string PolicyOid, string SerialNumber);
