using Ledger.Domain;
using Ledger.Domain.Signers;
using Ledger.Domain.SignOffs;
using Ledger.Integrity.Envelopes;
using Ledger.Integrity.Statements;

namespace Ledger.Verifier.Chains;

/// <summary>
/// A sign-off as it is handed in: an envelope that was read and not yet believed. <see cref="Open"/> gives what may be decided about, once
/// the signature was found to be right. Immutable and thread-safe.
/// </summary>
public sealed class SubmittedSignOff
{
    private const string Hint = "sign with 'ledger sign'";

    private readonly Envelope _envelope;
    private readonly SignOffStatement _statement;

    private SubmittedSignOff(Envelope envelope, SignOffStatement statement) => (_envelope, _statement) = (envelope, statement);

    /// <summary>Whose sign-off it claims to be: good for finding that signer's keys, and for nothing else before <see cref="Open"/>.</summary>
    public string ClaimedSigner => _statement.Predicate.Signer.Id;

    /// <summary>Reads an envelope with one signature over a sign-off statement.</summary>
    /// <param name="envelope">A DSSE envelope in JSON; at most <see cref="Envelope.MaxBytes"/>.</param>
    /// <param name="submitted">What was handed in; null when refused.</param>
    /// <returns>
    /// Null when it is one; else <c>envelope_malformed</c>, <c>envelope_payload_type_differs</c>, <c>envelope_signatures_differ</c> or a code of
    /// <see cref="SignOffStatement.Read"/>.
    /// </returns>
    public static Refusal? Read(ReadOnlySpan<byte> envelope, out SubmittedSignOff? submitted)
    {
        submitted = null;
        if (!Envelope.TryParse(envelope, out var read, out var error)) return new Refusal("envelope_malformed", error, Hint);
        if (read.PayloadType != Statement.PayloadType)
            return new Refusal("envelope_payload_type_differs", $"the payload's type is not {Statement.PayloadType}", Hint);
        if (read.Signatures.Count != 1) return new Refusal("envelope_signatures_differ", $"a sign-off is one person's and has one signature, not {read.Signatures.Count}", Hint);
        if (SignOffStatement.Read(read.UnverifiedPayload.Span, out var statement) is { } refusal) return refusal;
        submitted = new SubmittedSignOff(read, statement!);
        return null;
    }

    /// <summary>Finds the key that signed. Whether it still counts, and everything else, is for the domain to decide.</summary>
    /// <param name="signer">The signer called <see cref="ClaimedSigner"/>; null where there is none.</param>
    /// <param name="signed">The statement and the key; null when refused.</param>
    /// <returns>Null when the signature is right; else <c>signer_unknown</c> or <c>signature_invalid</c>.</returns>
    public Refusal? Open(SignerState? signer, out SignedStatement? signed)
    {
        signed = null;
        if (signer is null || signer.Id != ClaimedSigner)
            return new Refusal("signer_unknown", "nobody of the id that signed is enrolled", "enrol them first: ledger signer enrol");

        // The newest key first: it is the one that most are signed with.
        for (var i = signer.Keys.Length - 1; i >= 0 && signed is null; i--)
        {
            if (SignerPublicKey.Read(signer.Keys[i].Key) is not { } key || !_envelope.Verify(Statement.PayloadType, key, out var verified).IsValid) continue;
            signed = new SignedStatement(_statement.Predicate, _statement.Subjects, _statement.Digest, signer.Keys[i].Key.Id, new SignOffEnvelope(
                verified!.PayloadType, Convert.ToBase64String(verified.Payload.Span), [new Domain.SignOffs.EnvelopeSignature(Convert.ToBase64String(_envelope.Signatures[0].Signature.Span), key.KeyId)]));
        }

        return signed is null ? new Refusal("signature_invalid", $"no key of {signer.Name} made this signature over this statement", Hint) : null;
    }
}
