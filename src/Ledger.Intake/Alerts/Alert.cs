namespace Ledger.Intake.Alerts;

/// <summary>An alert as Alertmanager tells it.</summary>
/// <param name="Name">Its <c>alertname</c>.</param>
/// <param name="IsFiring">Firing, or resolved.</param>
/// <param name="Severity">Its <c>severity</c> in lower case, or null.</param>
/// <param name="Summary">Its annotation <c>summary</c>, else <c>description</c>, or null.</param>
/// <param name="StartsAt">When it began, in UTC.</param>
/// <param name="EndsAt">When it ended, in UTC; null where it has not.</param>
/// <param name="Fingerprint">Of its labels: with <paramref name="StartsAt"/> it tells this alert from every other.</param>
/// <param name="Labels">All of them.</param>
public sealed record Alert(
    string Name,
    bool IsFiring,
    string? Severity,
    string? Summary,
    DateTimeOffset StartsAt,
    DateTimeOffset? EndsAt,
    string Fingerprint,
    IReadOnlyDictionary<string, string> Labels);
