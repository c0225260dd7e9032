using System.Text.Json.Serialization;
using Ledger.Domain.Measurements;

namespace Ledger.Domain.Policies;

/// <summary>What is watched once the release is fully out.</summary>
/// <param name="Duration">How long it is watched.</param>
/// <param name="Checks">What has to be true; at least one.</param>
public sealed record WatchPlan(
    [property: JsonPropertyName("duration")] Quantity Duration,
    [property: JsonPropertyName("checks")] IReadOnlyList<Expectation> Checks);
