using System.Text.Json.Serialization;

namespace Ledger.Domain.Policies;

/// <summary>A part of what is released.</summary>
/// <param name="Name">Unique among the components; same alphabet as a gate's name.</param>
/// <param name="Title">What a person calls it.</param>
/// <param name="Consists">What it is made of, e.g. <c>Next.js 14</c>.</param>
public sealed record Component(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("title")] string Title,
    [property: JsonPropertyName("consists")] IReadOnlyList<string> Consists);
