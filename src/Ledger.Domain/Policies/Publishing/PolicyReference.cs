using System.Text.Json.Serialization;

namespace Ledger.Domain.Policies;

/// <summary>One version of a policy, pinned by its digest.</summary>
/// <param name="Name">The policy's name.</param>
/// <param name="Version">1 for the first version published under the name, then 2, 3, …: the version of its stream.</param>
/// <param name="Digest">SHA-256 over the canonical JSON (RFC 8785) of the policy's normal form.</param>
public sealed record PolicyReference(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("version")] long Version,
    [property: JsonPropertyName("digest")] Digest Digest);
