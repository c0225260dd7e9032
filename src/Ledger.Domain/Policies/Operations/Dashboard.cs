using System.Text.Json.Serialization;

namespace Ledger.Domain.Policies;

/// <summary>Where people look at the running service.</summary>
/// <param name="Name">Unique among the dashboards; same alphabet as a gate's name.</param>
/// <param name="Title">What a person calls it.</param>
/// <param name="Location">Its address, path or file; or null.</param>
/// <param name="Panels">What it shows.</param>
public sealed record Dashboard(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("title")] string Title,
    [property: JsonPropertyName("location")] string? Location,
    [property: JsonPropertyName("panels")] IReadOnlyList<string> Panels);
