using System.Text.Json.Serialization;

namespace Ledger.Domain.Deployments;

/// <summary>Says that something happened already, outside the ledger: it is recorded as it is, and what it broke beside it.</summary>
/// <param name="At">When it happened, by the source's clock.</param>
/// <param name="Source">Who saw it, e.g. <c>argo-rollouts/prod/cpt-ajan</c>.</param>
public sealed record Observation(
    [property: JsonPropertyName("at"), JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset At,
    [property: JsonPropertyName("source")] string Source);
