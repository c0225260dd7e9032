using System.Text.Json.Serialization;

namespace Ledger.Domain.SignOffs;

/// <summary>What a signer says to the release.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SignOffChoice>))]
public enum SignOffChoice
{
    /// <summary>Yes.</summary>
    [JsonStringEnumMemberName("approve")] Approve,

    /// <summary>No: the release does not go while this stands.</summary>
    [JsonStringEnumMemberName("reject")] Reject,
}
