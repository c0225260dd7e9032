using System.Text.Json.Serialization;

namespace Ledger.Domain.Policies;

/// <summary>How a release reaches its users.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DeploymentStrategy>))]
public enum DeploymentStrategy
{
    /// <summary>Growing shares of the traffic go to the new version.</summary>
    [JsonStringEnumMemberName("canary")] Canary,

    /// <summary>The new version is built up beside the old one and the traffic is switched over.</summary>
    [JsonStringEnumMemberName("blue-green")] BlueGreen,

    /// <summary>Instances are replaced a few at a time.</summary>
    [JsonStringEnumMemberName("rolling")] Rolling,

    /// <summary>Everybody has the new version; growing shares of the users have its flag.</summary>
    [JsonStringEnumMemberName("feature-flag")] FeatureFlag,
}
