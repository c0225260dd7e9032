using Ledger.Integrity;

namespace Ledger.Store.Append;

/// <summary>Bytes to be stored under their digest.</summary>
/// <param name="Digest">Their SHA-256.</param>
/// <param name="MediaType">What they are.</param>
/// <param name="Bytes">Already redacted.</param>
public sealed record EvidenceBytes(Hash Digest, string MediaType, ReadOnlyMemory<byte> Bytes);
