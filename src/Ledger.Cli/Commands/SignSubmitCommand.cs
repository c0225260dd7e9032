using System.CommandLine;
using Ledger.Cli.Arguments;
using Ledger.Cli.Server;
using Ledger.Cli.Signing;
using Ledger.Integrity.Envelopes;
using Ledger.Integrity.Statements;

namespace Ledger.Cli.Commands;

/// <summary><c>ledger sign submit</c>: hand in what was prepared, and signed, on whatever machine.</summary>
internal static class SignSubmitCommand
{
    public static Command Create(CommandFactory make)
    {
        var file = Typed.File("What 'sign prepare' wrote: a signed envelope, or a statement");
        var signature = new Option<string?>("--signature") { HelpName = "FILE", Description = "The signature over the statement's bytes to be signed: raw; for ECDSA in DER" };
        return make.Recording("submit", "Hand in a sign-off that was prepared", [file, signature], session => RunAsync(session, session.Get(file), session.Get(signature)));
    }

    private static async Task<int> RunAsync(Session session, string file, string? signatureFile)
    {
        if (!(await ReadAsync(session, file, signatureFile).ConfigureAwait(false)).TryGet(out var submission, out var failure)) return session.Fail(failure);
        if (!StatementSummary.Read(submission.Payload.Span).TryGet(out var statement, out failure)) return session.Fail(failure);
        if (!(await session.LogAsync(Credentials.Signing).ConfigureAwait(false)).TryGet(out var log, out failure)) return session.Fail(failure);
        if (statement.Predicate.Ledger != log.Origin)
            return session.Fail(Failure.Refused("wrong_ledger", $"the statement was signed for the ledger '{statement.Predicate.Ledger}', not for '{log.Origin}'", "check LEDGER_URL"));

        if (!(await SignOffDesk.SignerAsync(session, statement.Signer, Credentials.Signing).ConfigureAwait(false)).TryGet(out var signer, out failure)) return session.Fail(failure);
        if (!SignerKeys.InUse(signer).TryGet(out var enrolled, out failure)) return session.Fail(failure);
        var signed = PreAuthenticationEncoding.Encode(Statement.PayloadType, submission.Payload.Span);
        if (!StatementSigner.Of(signed, submission.Signature, enrolled).TryGet(out var signature, out failure)) return session.Fail(failure);

        var recorded = await SignOffDesk.SubmitAsync(session, statement, SignOffDesk.Seal(submission.Payload, signature), again: null).ConfigureAwait(false);
        return await session.ShowRecordedAsync(recorded, SignCommand.ShowSigned).ConfigureAwait(false);
    }

    private static async Task<Result<Submission>> ReadAsync(Session session, string file, string? signatureFile)
    {
        var opened = await InputFile.ReadAsync(session.Here, file, Envelope.MaxBytes, session.CancellationToken).ConfigureAwait(false);
        if (!opened.TryGet(out var bytes, out var failure)) return failure;
        if (signatureFile is not null)
        {
            var openedSignature = await InputFile.ReadAsync(session.Here, signatureFile, EnvelopeSignature.MaxBytes, session.CancellationToken).ConfigureAwait(false);
            return openedSignature.TryGet(out var signature, out failure) ? new Submission(bytes, signature) : failure;
        }

        if (Statement.TryParseExact(bytes, out _, out _)) return Failure.Usage("signature_missing", $"{file} is a statement that nobody signed", $"sign the bytes of {file}{SignPrepareCommand.ToBeSignedSuffix}, and give the signature: --signature FILE");
        if (!Envelope.TryParse(bytes, out var envelope, out var error)) return Failure.Refused("envelope_malformed", $"{file} is neither a signed envelope nor a statement: {error}");
        if (envelope.PayloadType != Statement.PayloadType) return Failure.Refused("envelope_payload_type_differs", $"the payload's type is not {Statement.PayloadType}");
        return envelope.Signatures.Count == 1
            ? new Submission(envelope.UnverifiedPayload, envelope.Signatures[0].Signature.ToArray())
            : Failure.Refused("envelope_signatures_differ", $"a sign-off is one person's and has one signature, not {envelope.Signatures.Count}");
    }

    private sealed record Submission(ReadOnlyMemory<byte> Payload, byte[] Signature);
}
