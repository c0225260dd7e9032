using System.Text.Json.Serialization;
using Ledger.Domain.Measurements;

namespace Ledger.Domain.Policies;

/// <summary>What to do in a situation: a section of a runbook.</summary>
/// <param name="Name">Unique among the procedures; same alphabet as a gate's name.</param>
/// <param name="Title">What a person calls it.</param>
/// <param name="Symptoms">How the situation is recognised; null where it is chosen, not recognised.</param>
/// <param name="Commands">What is typed, in order.</param>
/// <param name="Steps">What is done, in words.</param>
/// <param name="Objective">How long it may take; null where the policy sets nothing.</param>
public sealed record Procedure(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("title")] string Title,
    [property: JsonPropertyName("symptoms")] string? Symptoms,
    [property: JsonPropertyName("commands")] IReadOnlyList<string> Commands,
    [property: JsonPropertyName("steps")] IReadOnlyList<string> Steps,
    [property: JsonPropertyName("objective")] Quantity? Objective);
