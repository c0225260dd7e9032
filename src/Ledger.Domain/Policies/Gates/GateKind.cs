using System.Text.Json.Serialization;

namespace Ledger.Domain.Policies;

/// <summary>What makes a gate pass.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<GateKind>))]
public enum GateKind
{
    /// <summary>Criteria over the measurements in tools' reports, and any sub-checks that a person attests beside them.</summary>
    [JsonStringEnumMemberName("report")] Report,

    /// <summary>A fact, or several sub-checks, that a person attests: a checklist item.</summary>
    [JsonStringEnumMemberName("attestation")] Attestation,
}
