using System.Text.Json.Serialization;

namespace Ledger.Domain.Policies;

/// <summary>What a release must pass to go: published once, never edited, pinned by its digest when a release opens.</summary>
public sealed record Policy(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("title")] string Title,
    [property: JsonPropertyName("services")] IReadOnlyList<string> Services,
    [property: JsonPropertyName("gates")] IReadOnlyList<Gate> Gates,
    [property: JsonPropertyName("noGo")] IReadOnlyList<NoGoCondition> NoGo);
