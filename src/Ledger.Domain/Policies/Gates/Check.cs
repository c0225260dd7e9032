using System.Text.Json.Serialization;

namespace Ledger.Domain.Policies;

/// <summary>A fact inside a gate that a person attests, e.g. <c>AOF enabled</c>.</summary>
/// <param name="Name">Unique within the gate; lower-case letters, digits, <c>-</c> and <c>.</c>.</param>
/// <param name="Title">What a person calls it.</param>
/// <param name="Validate">The commands that show it, if the document names any.</param>
public sealed record Check(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("title")] string Title,
    [property: JsonPropertyName("validate")] IReadOnlyList<string>? Validate = null);
