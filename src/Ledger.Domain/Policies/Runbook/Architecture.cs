using System.Text.Json.Serialization;

namespace Ledger.Domain.Policies;

/// <summary>What is released.</summary>
/// <param name="Components">Its parts.</param>
/// <param name="Features">What it can do that matters for the release.</param>
/// <param name="Endpoints">What it answers to.</param>
public sealed record Architecture(
    [property: JsonPropertyName("components")] IReadOnlyList<Component> Components,
    [property: JsonPropertyName("features")] IReadOnlyList<string> Features,
    [property: JsonPropertyName("endpoints")] IReadOnlyList<Endpoint> Endpoints);
