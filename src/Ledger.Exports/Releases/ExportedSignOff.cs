using Ledger.Domain.Releases;
using Ledger.Domain.SignOffs;
using Ledger.Domain.Signers;
using Ledger.Integrity.Envelopes;
using Ledger.Integrity.Keys;

namespace Ledger.Exports.Releases;

/// <summary>A sign-off taken apart: the envelope, what was signed, and the key that the log names for it.</summary>
/// <param name="Number">Its place among the release's sign-offs, from 1.</param>
/// <param name="Event">The event that holds it.</param>
/// <param name="SignedOff">The same, opened.</param>
/// <param name="Envelope">The envelope with the statement's very bytes.</param>
/// <param name="Predicate">What was signed.</param>
/// <param name="Key">The signer's key of that id, as it was enrolled; null where the signer never had it.</param>
internal sealed record ExportedSignOff(
    int Number, ExportedEvent Event, ReleaseEvent.SignedOff SignedOff, Envelope Envelope, SignOffPredicate Predicate, SignerKey? Key)
{
    /// <summary>The public key; null where it is not one that this build reads.</summary>
    public PublicKey? PublicKey() => Key is { } key && KeyAlgorithmName.TryParse(key.Algorithm, out var algorithm)
        && SignerKeyReader.ReadSpki(Convert.FromBase64String(key.PublicKey), algorithm, out var read).IsValid
            ? read
            : null;

    /// <summary>The signature of <see cref="Key"/>; the first where none is.</summary>
    public ReadOnlyMemory<byte> Signature()
    {
        var signed = PreAuthenticationEncoding.Encode(Envelope.PayloadType, Envelope.UnverifiedPayload.Span);
        var key = PublicKey();
        return (Envelope.Signatures.FirstOrDefault(signature => key?.Verify(signed, signature.Signature.Span) == true) ?? Envelope.Signatures[0]).Signature;
    }
}
