using System.Text.Json.Serialization;

namespace Ledger.Domain.Policies;

/// <summary>Something a release has to pass.</summary>
/// <param name="Name">Unique among the policy's gates and NO-GO conditions; lower-case letters, digits, <c>-</c> and <c>.</c>, 1 to 64 characters.</param>
/// <param name="Kind">Whether reports or people decide it.</param>
/// <param name="Title">What a person calls it.</param>
/// <param name="Required">False for an advisory gate: shown, never blocking.</param>
/// <param name="Waivable">Whether a waiver may stand in for it.</param>
/// <param name="Criteria">What is measured: at least one for a report gate, none for an attestation gate. All must hold.</param>
/// <param name="Checks">What is attested: sub-checks, all of which must be attested as met.</param>
/// <param name="Validate">The commands that validate the gate.</param>
/// <param name="Evidence">What the documents state as the evidence to look for.</param>
public sealed record Gate(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("kind")] GateKind Kind,
    [property: JsonPropertyName("title")] string Title,
    [property: JsonPropertyName("required")] bool Required,
    [property: JsonPropertyName("waivable")] bool Waivable,
    [property: JsonPropertyName("criteria")] IReadOnlyList<Criterion> Criteria,
    [property: JsonPropertyName("checks")] IReadOnlyList<Check> Checks,
    [property: JsonPropertyName("validate")] IReadOnlyList<string> Validate,
    [property: JsonPropertyName("evidence")] string? Evidence = null);
