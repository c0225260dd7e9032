using System.Text.Json.Serialization;

namespace Ledger.Domain.Releases;

/// <summary>Something that is deployed, named by digest.</summary>
/// <param name="Name">E.g. an image's repository.</param>
/// <param name="Digest">The manifest's or the file's digest.</param>
public sealed record Artifact(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("digest")] Digest Digest);
