using System.Text.Json.Serialization;

namespace Ledger.Domain.Actors;

/// <summary>What a caller may do, before the scope of services is looked at.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Role>))]
public enum Role
{
    /// <summary>A pipeline or a deployer: reports gates, measurements and how a rollout goes; it attests, waives and signs nothing.</summary>
    [JsonStringEnumMemberName("ci")] Ci,

    /// <summary>Opens releases, attests, waives, decides, rolls out and closes.</summary>
    [JsonStringEnumMemberName("release-manager")] ReleaseManager,

    /// <summary>Attests checklist items and signs.</summary>
    [JsonStringEnumMemberName("signer")] Signer,

    /// <summary>Reads everything, appends nothing.</summary>
    [JsonStringEnumMemberName("auditor")] Auditor,

    /// <summary>Publishes policies, reads and exports.</summary>
    [JsonStringEnumMemberName("compliance")] Compliance,

    /// <summary>Runs the ledger: tokens, and every command but a signature.</summary>
    [JsonStringEnumMemberName("admin")] Admin,
}
