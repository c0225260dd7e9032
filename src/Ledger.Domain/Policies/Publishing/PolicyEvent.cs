using System.Text.Json;
using System.Text.Json.Serialization;
using Ledger.Domain.Events;

namespace Ledger.Domain.Policies;

/// <summary>What happens to a policy.</summary>
public abstract record PolicyEvent : LedgerEvent
{
    private PolicyEvent() { }

    /// <summary>A version was published. It never changes; a newer one stands beside it.</summary>
    /// <param name="Policy">Its name, version and digest.</param>
    /// <param name="Document">The policy's normal form, whose canonical JSON has that digest.</param>
    public sealed record Published(
        [property: JsonPropertyName("policy")] PolicyReference Policy,
        [property: JsonPropertyName("document")] JsonElement Document) : PolicyEvent
    {
        internal override string WireName => "policy_published";
    }
}
