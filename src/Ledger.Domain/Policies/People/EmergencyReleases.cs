using System.Text.Json.Serialization;
using Ledger.Domain.Measurements;

namespace Ledger.Domain.Policies;

/// <summary>Whether a release may be deployed before its approvals are complete.</summary>
/// <param name="Allowed">False: there is no emergency path.</param>
/// <param name="ApprovalDeadline">How soon after the deployment every approval must be there; a duration, always given where allowed.</param>
public sealed record EmergencyReleases(
    [property: JsonPropertyName("allowed")] bool Allowed,
    [property: JsonPropertyName("approvalDeadline")] Quantity? ApprovalDeadline = null)
{
    /// <summary>No emergency path: what a policy means that does not speak of it.</summary>
    public static EmergencyReleases Forbidden { get; } = new(false);
}
