using System.Text.Json;

namespace Ledger.Domain.Policies;

/// <summary>What may be asked of a policy.</summary>
public abstract record PolicyCommand : LedgerCommand
{
    private PolicyCommand() { }

    /// <summary>The key of the stream of the policy called <paramref name="name"/>.</summary>
    public static string StreamOf(string name) => $"policy/{name}";

    /// <summary>Publish a version.</summary>
    /// <param name="Policy">The policy, already found to be satisfiable.</param>
    /// <param name="Document">Its normal form.</param>
    /// <param name="Digest">SHA-256 of the normal form's canonical JSON.</param>
    public sealed record Publish(Policy Policy, JsonElement Document, Digest Digest) : PolicyCommand
    {
        internal override string Stream => StreamOf(Policy.Name);

        internal override string Act => "publish a policy";
    }
}
