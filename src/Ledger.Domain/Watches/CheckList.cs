using System.Text.Json.Serialization;

namespace Ledger.Domain.Watches;

/// <summary>Which of the policy's lists a check after the deployment is from.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CheckList>))]
public enum CheckList
{
    /// <summary>What is watched once the release is fully out.</summary>
    [JsonStringEnumMemberName("watch")] Watch,

    /// <summary>What must be true for the release to be closed as a success.</summary>
    [JsonStringEnumMemberName("success")] Success,
}
