using System.Text.Json.Serialization;

namespace Ledger.Domain.Policies;

/// <summary>A document or file that belongs to the release.</summary>
/// <param name="Path">Where it is, in the service's repository.</param>
/// <param name="Title">What it is.</param>
public sealed record Document(
    [property: JsonPropertyName("path")] string Path,
    [property: JsonPropertyName("title")] string Title);
