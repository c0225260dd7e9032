using System.Text.Json.Serialization;
using Ledger.Domain.Measurements;

namespace Ledger.Domain.Policies;

/// <summary>When a release may be deployed. The day belongs to the release.</summary>
/// <param name="StartsAt">The time of day in UTC, <c>HH:mm</c>; null where each release sets its own.</param>
/// <param name="Duration">How long the window is open.</param>
/// <param name="DecisionLead">How long before the window opens the go/no-go decision must be there; null where not asked for.</param>
public sealed record MaintenanceWindow(
    [property: JsonPropertyName("startsAt")] string? StartsAt,
    [property: JsonPropertyName("duration")] Quantity Duration,
    [property: JsonPropertyName("decisionLead")] Quantity? DecisionLead);
