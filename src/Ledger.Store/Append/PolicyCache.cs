using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Ledger.Domain;
using Ledger.Domain.Events;
using Ledger.Domain.Policies;
using Ledger.Integrity;
using Ledger.Integrity.Canonical;
using Npgsql;

namespace Ledger.Store.Append;

/// <summary>
/// Policies by name and version. A version never changes once it is in the log, so it is read once; its digest is recomputed from the
/// document before it is trusted. Thread-safe.
/// </summary>
public sealed class PolicyCache(NpgsqlDataSource database)
{
    private const int Capacity = 256;

    private readonly ConcurrentDictionary<(string Name, long Version), PublishedPolicy> _policies = new();

    /// <summary>The version of the policy, or null where it was never published.</summary>
    /// <exception cref="InvalidDataException">What is stored is not the policy that its digest names.</exception>
    public async ValueTask<PublishedPolicy?> GetAsync(string name, long version, CancellationToken cancellation = default)
    {
        if (_policies.TryGetValue((name, version), out var known)) return known;

        await using var command = database.CreateCommand("select data from mt_events where stream_id = $1 and version = $2 and type = 'policy_published'");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = PolicyCommand.StreamOf(name) });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = version });
        return await command.ExecuteScalarAsync(cancellation) is string data
            ? Add((PolicyEvent.Published)EventJson.Read("policy_published", Encoding.UTF8.GetBytes(data)))
            : null;
    }

    internal PublishedPolicy Add(PolicyEvent.Published published)
    {
        if (DigestOf(published.Document) != published.Policy.Digest)
            throw new InvalidDataException($"version {published.Policy.Version} of the policy '{published.Policy.Name}' does not have the digest under which it was published");

        var policy = PolicyJson.Read(published.Document) is PolicyReading.Success success
            ? new PublishedPolicy(published.Policy, success.Policy)
            : throw new InvalidDataException($"version {published.Policy.Version} of the policy '{published.Policy.Name}' cannot be read by this build");
        if (_policies.Count >= Capacity) _policies.Clear();
        return _policies.GetOrAdd((published.Policy.Name, published.Policy.Version), policy);
    }

    /// <summary>The digest that pins a policy: SHA-256 over the canonical JSON of its normal form.</summary>
    public static Digest DigestOf(JsonElement document) => Digest.Of(Hash.Sha256(CanonicalJson.Canonicalize(JsonSerializer.SerializeToUtf8Bytes(document))).Bytes);
}
