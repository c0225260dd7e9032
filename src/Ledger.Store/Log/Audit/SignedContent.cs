using System.Text.Json;
using Ledger.Domain;
using Ledger.Domain.Releases;
using Ledger.Domain.Signers;
using Ledger.Domain.SignOffs;
using Ledger.Integrity;
using Ledger.Integrity.Envelopes;
using Ledger.Integrity.Keys;
using Ledger.Integrity.Statements;

namespace Ledger.Store.Log.Audit;

/// <summary>
/// What can be told of sign-offs and keys along the log: that a key has its id, and that a sign-off's statement has its digest and is signed by
/// the key that its signer had by then. Whether a release's chain as a whole is right is the verifier's to say.
/// </summary>
internal static class SignedContent
{
    /// <summary>What is wrong with an event of a signer; null when nothing is.</summary>
    public static string? Problem(SignerEvent @event, string? stream) => @event switch
    {
        SignerEvent.Enrolled enrolled => SignerId.StreamOf(enrolled.Signer) == stream ? null : "the signer belongs to another stream",
        SignerEvent.KeyAdded added => Read(added.Key) is null ? $"{added.Key.Id} is not the id of a key that can be read" : null,
        _ => null,
    };

    /// <summary>What is wrong with a sign-off; null when nothing is.</summary>
    /// <param name="signedOff">The sign-off.</param>
    /// <param name="signer">Its signer at that place in the log; null where there was none.</param>
    public static string? Problem(ReleaseEvent.SignedOff signedOff, SignerState? signer)
    {
        if (signer?.Key(signedOff.Key)?.Key is not { } known || Read(known) is not { } key) return "the signer had no such key";
        if (EnvelopeOf(signedOff.Envelope) is not { } envelope) return "the envelope cannot be read";
        if (Digest.Of(Hash.Sha256(envelope.UnverifiedPayload.Span).Bytes) != signedOff.Statement) return "the statement does not have its digest";
        var verification = envelope.Verify(Statement.PayloadType, key, out _);
        return verification.IsValid ? null : verification.Reason;
    }

    private static PublicKey? Read(SignerKey key) =>
        KeyAlgorithmName.TryParse(key.Algorithm, out var algorithm) && TryDecode(key.PublicKey) is { } spki
        && SignerKeyReader.ReadSpki(spki, algorithm, out var read).IsValid && Digest.Of(read!.Fingerprint.Bytes) == key.Id
            ? read
            : null;

    private static Envelope? EnvelopeOf(SignOffEnvelope envelope) =>
        Envelope.TryParse(JsonSerializer.SerializeToUtf8Bytes(envelope, DomainJson.Default.SignOffEnvelope), out var read, out _) ? read : null;

    private static byte[]? TryDecode(string base64)
    {
        var bytes = new byte[(base64.Length / 4 * 3) + 3];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? bytes[..length] : null;
    }
}
