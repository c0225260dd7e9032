using System.Text.Json.Serialization;

namespace Ledger.Domain.FollowUps;

/// <summary>What became of something that the policy has done after a release.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FollowUpOutcome>))]
public enum FollowUpOutcome
{
    /// <summary>It was done.</summary>
    [JsonStringEnumMemberName("done")] Done,

    /// <summary>It is not done, and need not be: the note says why.</summary>
    [JsonStringEnumMemberName("dropped")] Dropped,
}
