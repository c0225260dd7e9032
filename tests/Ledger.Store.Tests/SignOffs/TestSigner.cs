using System.Security.Cryptography;
using System.Text.Json;
using Ledger.Domain;
using Ledger.Domain.Actors;
using Ledger.Domain.Releases;
using Ledger.Domain.Signers;
using Ledger.Domain.SignOffs;
using Ledger.Integrity;
using Ledger.Integrity.Envelopes;
using Ledger.Integrity.Keys;
using Ledger.Integrity.Statements;
using Ledger.Store.Append;
using Ledger.Store.Log;
using Ledger.Store.Releases;
using Npgsql;
using EnvelopeSignature = Ledger.Domain.SignOffs.EnvelopeSignature;

namespace Ledger.Store.Tests.SignOffs;

/// <summary>A person with a key of their own, who signs releases as they stand in a database.</summary>
internal sealed class TestSigner(string id, string role = "lead") : IDisposable
{
    private readonly SigningKey _key = SigningKey.Generate(KeyAlgorithm.EcdsaP256);

    public Actor Actor { get; } = new(id, Role.Signer);

    public SignerKey Key => new(Digest.Of(_key.PublicKey.Fingerprint.Bytes), KeyAlgorithmName.Of(_key.Algorithm), Convert.ToBase64String(_key.PublicKey.Spki.Span));

    public SignerCommand.Enrol Enrol() => EnrolAs(id);

    /// <summary>Somebody else's enrolment, with this person's key.</summary>
    public SignerCommand.Enrol EnrolAs(string other) => new(other, $"Signer {other}", [role], [], Key);

    public SignerCommand.RevokeKey Revoke() => new(id, Key.Id, "lost");

    /// <summary>An approval of the release as it stands now.</summary>
    public async Task<ReleaseCommand.SignOff> SignAsync(NpgsqlDataSource database, string ledger, ReleaseId release, string stage = "technical")
    {
        var view = (await new ReleaseReads(database, new PolicyCache(database), TimeProvider.System).FindAsync(release))!;
        var head = (await new EventReads(database).FindAsync(view.State.Last.Sequence))!;
        var standing = view.Standing();
        var predicate = new SignOffPredicate(
            ledger, release.ToString(), stage, role, new SignerReference(id, $"Signer {id}"), SignOffChoice.Approve, "I approve this release.",
            new StreamSeen(head.Version, Digest.Of(head.LeafHash().Bytes)), view.Policy.Reference,
            new GoNoGoSeen(standing.Verdict, standing.At, StandingDigest.Of(standing)), standing.At, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
            view.State.Facts.SignOffs is [.., var last] ? last.Statement : null);
        return new ReleaseCommand.SignOff(release, Signed(predicate, view.State.Opened.Artifacts));
    }

    public void Dispose() => _key.Dispose();

    private SignedStatement Signed(SignOffPredicate predicate, IReadOnlyList<Artifact> artifacts)
    {
        var subjects = artifacts.Select(artifact => new Subject(artifact.Name, Digests.Of(Hash.TryParseHex(artifact.Digest.Hex, out var hash) ? hash : default)));
        var payload = new Statement([.. subjects], SignOffPredicate.Type, JsonSerializer.SerializeToUtf8Bytes(predicate, DomainJson.Default.SignOffPredicate)).ToBytes();
        var signature = Envelope.Sign(Statement.PayloadType, payload, _key).Signatures[0];
        return new SignedStatement(
            predicate, [.. artifacts.Select(artifact => artifact.Digest)], Digest.Of(Hash.Sha256(payload).Bytes), Key.Id,
            new SignOffEnvelope(Statement.PayloadType, Convert.ToBase64String(payload), [new EnvelopeSignature(Convert.ToBase64String(signature.Signature.Span), signature.KeyId)]));
    }
}
