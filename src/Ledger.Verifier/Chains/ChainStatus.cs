using System.Text.Json.Serialization;
using Ledger.Domain;

namespace Ledger.Verifier.Chains;

/// <summary>What a sign-off chain came to.</summary>
[JsonConverter(typeof(EnumNameJsonConverter<ChainStatus>))]
public enum ChainStatus
{
    /// <summary>A check of a link failed, or could not be made.</summary>
    [JsonStringEnumMemberName("INVALID")] Invalid,

    /// <summary>Sign-offs are still to come, or somebody said no.</summary>
    [JsonStringEnumMemberName("INCOMPLETE")] Incomplete,

    /// <summary>A gate changed after somebody signed, and they have not signed again.</summary>
    [JsonStringEnumMemberName("STALE")] Stale,

    /// <summary>Every stage has its quorum, and every check of every link passed; or the policy asks for no sign-offs, and there are none.</summary>
    [JsonStringEnumMemberName("VALID")] Valid,
}
