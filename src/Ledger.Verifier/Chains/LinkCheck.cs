using System.Text.Json.Serialization;
using Ledger.Domain;

namespace Ledger.Verifier.Chains;

/// <summary>What is checked of a link.</summary>
[JsonConverter(typeof(EnumNameJsonConverter<LinkCheck>))]
public enum LinkCheck
{
    /// <summary>The signer's key signed the statement.</summary>
    [JsonStringEnumMemberName("signature")] Signature,

    /// <summary>The key was the signer's and in use, by its place in the log.</summary>
    [JsonStringEnumMemberName("key_validity")] KeyValidity,

    /// <summary>The signer held the role.</summary>
    [JsonStringEnumMemberName("role")] Role,

    /// <summary>The stage took this role's sign-off then.</summary>
    [JsonStringEnumMemberName("order")] Order,

    /// <summary>It follows the sign-off before it, and the release's newest event then.</summary>
    [JsonStringEnumMemberName("previous_link")] PreviousLink,

    /// <summary>No gate changed after it. The one check that may fail in a chain that is not invalid: it is stale then.</summary>
    [JsonStringEnumMemberName("freshness")] Freshness,

    /// <summary>The sign-off, its signer's events and the policy are in the log.</summary>
    [JsonStringEnumMemberName("inclusion")] Inclusion,

    /// <summary>The statement is one, is about this release in this ledger, and says what the event says.</summary>
    [JsonStringEnumMemberName("statement")] Statement,

    /// <summary>The go/no-go that was signed is what the events came to.</summary>
    [JsonStringEnumMemberName("go_no_go")] GoNoGo,

    /// <summary>The signer held no duty that the policy keeps apart.</summary>
    [JsonStringEnumMemberName("separation_of_duties")] SeparationOfDuties,

    /// <summary>Of a rejection that was taken back: its signer did that. Others may only take approvals back.</summary>
    [JsonStringEnumMemberName("withdrawal")] Withdrawal,
}
