using System.Text.Json.Serialization;

namespace Ledger.Domain.Policies;

/// <summary>Something the service answers to.</summary>
/// <param name="Method">The HTTP method, in capitals.</param>
/// <param name="Path">The path, beginning with <c>/</c>.</param>
/// <param name="Title">What it does.</param>
public sealed record Endpoint(
    [property: JsonPropertyName("method")] string Method,
    [property: JsonPropertyName("path")] string Path,
    [property: JsonPropertyName("title")] string Title);
