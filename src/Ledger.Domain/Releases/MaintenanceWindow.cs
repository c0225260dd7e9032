using System.Text.Json.Serialization;

namespace Ledger.Domain.Releases;

/// <summary>When the release may be deployed: from <paramref name="Start"/> to before <paramref name="End"/>.</summary>
public sealed record MaintenanceWindow(
    [property: JsonPropertyName("start"), JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset Start,
    [property: JsonPropertyName("end"), JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset End);
