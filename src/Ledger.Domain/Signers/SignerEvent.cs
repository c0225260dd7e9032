using System.Text.Json.Serialization;
using Ledger.Domain.Events;

namespace Ledger.Domain.Signers;

/// <summary>What happens to a signer. Who was trusted, and when, is in the log as much as what they signed.</summary>
public abstract record SignerEvent : LedgerEvent
{
    private SignerEvent() { }

    /// <summary>A person was entered as a signer.</summary>
    /// <param name="Signer">The signer's id.</param>
    /// <param name="Name">The printed name, as it stands beside every signature.</param>
    /// <param name="Roles">The roles of policies that the person may sign in.</param>
    /// <param name="Accounts">The other subjects of tokens by which the same person acts: separation of duties looks at all of them.</param>
    public sealed record Enrolled(
        [property: JsonPropertyName("signer")] string Signer,
        [property: JsonPropertyName("name")] string Name,
        [property: JsonPropertyName("roles")] IReadOnlyList<string> Roles,
        [property: JsonPropertyName("accounts")] IReadOnlyList<string> Accounts) : SignerEvent
    {
        internal override string WireName => "signer_enrolled";
    }

    /// <summary>The person's roles or accounts changed; these stand in place of the earlier ones.</summary>
    public sealed record Changed(
        [property: JsonPropertyName("roles")] IReadOnlyList<string> Roles,
        [property: JsonPropertyName("accounts")] IReadOnlyList<string> Accounts,
        [property: JsonPropertyName("reason")] string Reason) : SignerEvent
    {
        internal override string WireName => "signer_changed";
    }

    /// <summary>A public key of the person was added; where it replaces another one, that one ends here.</summary>
    /// <param name="Key">The key.</param>
    /// <param name="Replaces">The id of the key that it is used in place of.</param>
    public sealed record KeyAdded(
        [property: JsonPropertyName("key")] SignerKey Key,
        [property: JsonPropertyName("replaces"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Digest? Replaces = null) : SignerEvent
    {
        internal override string WireName => "signer_key_added";
    }

    /// <summary>A key is not to be trusted from here on. What it signed before, by place in the log, stays as it was.</summary>
    public sealed record KeyRevoked(
        [property: JsonPropertyName("key")] Digest Key,
        [property: JsonPropertyName("reason")] string Reason) : SignerEvent
    {
        internal override string WireName => "signer_key_revoked";
    }
}
