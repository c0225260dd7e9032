using System.Runtime.InteropServices;
using Ledger.Domain;
using Ledger.Domain.Policies;
using Ledger.Integrity;

namespace Ledger.Verifier.Events;

/// <summary>Reads the policy that a release pinned from the event that published it.</summary>
internal static class PinnedPolicy
{
    /// <summary>The policy; null where it is not the pinned one.</summary>
    public static PublishedPolicy? Read(LoggedEvent logged, PolicyReference pinned, out string? error)
    {
        var opened = Untrusted.Read(logged.Open, out error);
        if (error is not null) return null;
        if (opened is not PolicyEvent.Published published || published.Policy != pinned || logged.Stream != PolicyCommand.StreamOf(pinned.Name) || logged.Version != pinned.Version)
        {
            error = $"the event at sequence {logged.Sequence} does not publish version {pinned.Version} of '{pinned.Name}' with the digest that the release pinned";
            return null;
        }

        // A leaf is canonical JSON, so the document within it is.
        if (Digest.Of(Hash.Sha256(JsonMarshal.GetRawUtf8Value(published.Document)).Bytes) != pinned.Digest)
        {
            error = $"the document of '{pinned.Name}' has not the digest that the release pinned";
            return null;
        }

        var reading = Untrusted.Read(() => PolicyJson.Read(published.Document), out error);
        if (reading is PolicyReading.Success success && success.Policy.Name == pinned.Name) return new PublishedPolicy(pinned, success.Policy);
        error = $"the document of '{pinned.Name}' is not a policy of that name";
        return null;
    }
}
