using System.Text.Json.Serialization;

namespace Ledger.Domain.Policies;

/// <summary>How the release reaches its users, step by step.</summary>
/// <param name="Strategy">Canary and feature-flag steps carry weights that grow to 100 %.</param>
/// <param name="Flag">The feature flag that is turned; null for the other strategies.</param>
/// <param name="Steps">In the order they are taken; at least one.</param>
public sealed record DeploymentPlan(
    [property: JsonPropertyName("strategy")] DeploymentStrategy Strategy,
    [property: JsonPropertyName("flag")] string? Flag,
    [property: JsonPropertyName("steps")] IReadOnlyList<DeploymentStep> Steps);
