using System.Text.Json.Serialization;
using Ledger.Domain.Measurements;

namespace Ledger.Domain.Policies;

/// <summary>What is observed of the running service, and where.</summary>
/// <param name="Metrics">What the service exposes; rollback rules may use them beside the analyses' metrics.</param>
/// <param name="Dashboards">Where people look.</param>
/// <param name="Alerts">What calls people.</param>
/// <param name="Scrapes">How often metrics are collected, by environment.</param>
/// <param name="Retention">How long metrics are kept; null where the policy does not say.</param>
public sealed record MonitoringPlan(
    [property: JsonPropertyName("metrics")] IReadOnlyList<ObservedMetric> Metrics,
    [property: JsonPropertyName("dashboards")] IReadOnlyList<Dashboard> Dashboards,
    [property: JsonPropertyName("alerts")] IReadOnlyList<Alert> Alerts,
    [property: JsonPropertyName("scrapes")] IReadOnlyList<Scrape> Scrapes,
    [property: JsonPropertyName("retention")] Quantity? Retention);
