using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Ledger.Domain;
using Ledger.Domain.Events;
using Ledger.Domain.Releases;
using Ledger.Integrity;
using Ledger.Store.Log;
using Npgsql;

namespace Ledger.Store.Projections;

/// <summary>A release as its tables have it, before anything of it is read.</summary>
/// <param name="Facts">The facts.</param>
/// <param name="Gates">The states of its gates, by name.</param>
/// <param name="Terms">What its deployment is held to; null before one starts.</param>
/// <param name="Deployment">How far that is; null where nothing was heard of one.</param>
/// <param name="Last">Its newest event.</param>
internal sealed record ReleaseRow(byte[] Facts, byte[] Gates, byte[]? Terms, byte[]? Deployment, StoredEvent Last)
{
    /// <summary>The row under the reader.</summary>
    public static ReleaseRow Read(NpgsqlDataReader reader) => new(
        reader.GetFieldValue<byte[]>(0), reader.GetFieldValue<byte[]>(1), Nullable(reader, 2), Nullable(reader, 3), EventReader.Read(reader, 4));

    /// <summary>How many bytes there are to read.</summary>
    public int Bytes => Facts.Length + Gates.Length + (Terms?.Length ?? 0) + (Deployment?.Length ?? 0);

    /// <summary>A digest of all that <see cref="State"/> comes from.</summary>
    public Hash Digest()
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in new[] { Facts, Gates, Terms, Deployment })
        {
            all.AppendData(BitConverter.GetBytes(part?.Length ?? -1));
            if (part is not null) all.AppendData(part);
        }

        foreach (var number in new[] { Last.Sequence, Last.Version, Last.At.UtcTicks }) all.AppendData(BitConverter.GetBytes(number));
        return new Hash(all.GetHashAndReset());
    }

    /// <summary>What the row says.</summary>
    public ReleaseState State()
    {
        using var gates = JsonDocument.Parse(Gates);
        return new ReleaseState(
            JsonSerializer.Deserialize(Facts, DomainJson.Default.ReleaseFacts)!,
            gates.RootElement.EnumerateObject().ToImmutableSortedDictionary(gate => gate.Name, gate => gate.Value.Deserialize(DomainJson.Default.GateState)!, StringComparer.Ordinal),
            new EventReference(Last.Sequence, Last.Version),
            Last.At,
            DeploymentProjection.Read(Terms, Deployment));
    }

    private static byte[]? Nullable(NpgsqlDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? null : reader.GetFieldValue<byte[]>(ordinal);
}
