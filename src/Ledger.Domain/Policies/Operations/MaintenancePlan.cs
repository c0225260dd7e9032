using System.Text.Json.Serialization;

namespace Ledger.Domain.Policies;

/// <summary>The window of the deployment, who is called, and what is done regularly and afterwards.</summary>
/// <param name="Window">When a release may be deployed; null for any time.</param>
/// <param name="Tasks">What is done again and again.</param>
/// <param name="FollowUps">What is done after a release.</param>
/// <param name="Contacts">Who answers for what.</param>
/// <param name="Escalation">Whom to call, in this order, until somebody acts: titles, no numbers or addresses.</param>
/// <param name="Distribution">The groups that are told.</param>
public sealed record MaintenancePlan(
    [property: JsonPropertyName("window")] MaintenanceWindow? Window,
    [property: JsonPropertyName("tasks")] IReadOnlyList<RecurringTask> Tasks,
    [property: JsonPropertyName("followUps")] IReadOnlyList<FollowUp> FollowUps,
    [property: JsonPropertyName("contacts")] IReadOnlyList<Contact> Contacts,
    [property: JsonPropertyName("escalation")] IReadOnlyList<string> Escalation,
    [property: JsonPropertyName("distribution")] IReadOnlyList<string> Distribution);
