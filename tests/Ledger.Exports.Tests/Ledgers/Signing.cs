using System.Text.Json;
using Ledger.Domain;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.Signers;
using Ledger.Domain.SignOffs;
using Ledger.Integrity;
using Ledger.Integrity.Canonical;
using Ledger.Integrity.Envelopes;
using Ledger.Integrity.Keys;
using Ledger.Integrity.Statements;

namespace Ledger.Exports.Tests.Ledgers;

/// <summary>What a signer does on their own machine.</summary>
internal static class Signing
{
    public static SignedStatement Sign(
        ReleaseState state, PublishedPolicy policy, Digest head, DateTimeOffset at, string stage, string role, SignerState signer, string meaning, SignOffChoice choice, string nonce, SigningKey key)
    {
        var standing = ReleaseJudge.Judge(state, policy, at);
        var predicate = new SignOffPredicate(
            MemoryLedger.Origin, state.Id.ToString(), stage, role, new SignerReference(signer.Id, signer.Name), choice, meaning,
            new StreamSeen(state.Last.Version, head), state.Opened.Policy, new GoNoGoSeen(standing.Verdict, standing.At, DigestOf(standing)), at, nonce,
            state.Facts.SignOffs.Length == 0 ? null : state.Facts.SignOffs[^1].Statement);
        var statement = new Statement(
            [.. state.Opened.Artifacts.Select(artifact => new Subject(artifact.Name, Digests.Of(new Hash(Convert.FromHexString(artifact.Digest.Hex)))))],
            SignOffPredicate.Type, JsonSerializer.SerializeToUtf8Bytes(predicate, DomainJson.Default.SignOffPredicate)).ToBytes();
        var envelope = Envelope.Sign(Statement.PayloadType, statement, key);
        return new SignedStatement(
            predicate, [.. state.Opened.Artifacts.Select(artifact => artifact.Digest)], Digest.Of(Hash.Sha256(statement).Bytes), Digest.Of(key.PublicKey.Fingerprint.Bytes),
            JsonSerializer.Deserialize(envelope.ToBytes(), DomainJson.Default.SignOffEnvelope)!);
    }

    public static Digest DigestOf(ReleaseStanding standing) =>
        Digest.Of(Hash.Sha256(CanonicalJson.Canonicalize(JsonSerializer.SerializeToUtf8Bytes(standing, DomainJson.Default.ReleaseStanding))).Bytes);
}
