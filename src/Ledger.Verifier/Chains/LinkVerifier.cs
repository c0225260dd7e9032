using System.Text.Json;
using Ledger.Domain;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.Signers;
using Ledger.Domain.SignOffs;
using Ledger.Integrity.Envelopes;
using Ledger.Verifier.Events;

namespace Ledger.Verifier.Chains;

/// <summary>Checks one link: the very rules that were asked before it was appended, asked again of what was known then.</summary>
internal sealed class LinkVerifier
{
    private readonly ChainEvidence _evidence;
    private readonly PublishedPolicy _policy;
    private readonly LoggedEvent _logged;
    private readonly ReleaseEvent.SignedOff _signed;
    private readonly ReleaseState _before;
    private readonly Envelope? _envelope;
    private readonly SignOffStatement? _statement;
    private readonly Refusal? _unreadable;
    private readonly SignerHistory? _history;
    private readonly SignerState? _signer;
    private readonly SignerState? _other;

    public LinkVerifier(ChainEvidence evidence, PublishedPolicy policy, SignerHistories signers, LoggedEvent logged, ReleaseEvent.SignedOff signed, ReleaseState before)
    {
        (_evidence, _policy, _logged, _signed, _before) = (evidence, policy, logged, signed, before);
        _unreadable = Read(signed.Envelope, out _envelope, out _statement);

        // What was signed says who signed; that the event says the same is part of the statement's check.
        var signer = _statement?.Predicate.Signer.Id ?? signed.Signer;
        _history = signers.Find(signer);
        _signer = _history?.Before(logged.Sequence);
        _other = signers.OtherWith(signed.Key, signer, logged.Sequence);
    }

    private SignOffPredicate? Predicate => _statement?.Predicate;

    /// <summary>Every check, in the order of <see cref="LinkCheck"/>.</summary>
    /// <param name="head">The event of the release before this one.</param>
    /// <param name="change">The newest change of a gate in the release's history.</param>
    /// <param name="withdrawal">The event that took the sign-off back; null while it stands.</param>
    public List<LinkCheckReport> Verify(LoggedEvent head, long change, LoggedEvent? withdrawal)
    {
        List<LinkCheckReport> checks =
        [
            Signature(),
            OfTheSigner(LinkCheck.KeyValidity, "the key was the signer's and in use", _ => SignerRules.OfTheKey(Predicate!, _signed.Key, _signer, _logged.At, _logged.Sequence) ?? OfTheHolder()),
            OfTheSigner(LinkCheck.Role, $"the signer held the role '{_signed.Role}'", signer => SignerRules.OfTheRole(Predicate!.Role, _policy.Policy, signer)),
            OfThePredicate(LinkCheck.Order, $"the stage '{_signed.Stage}' was open for the role", () => SignOffRules.OfTheOrder(Predicate!, _before, _policy.Policy)),
            OfThePredicate(
                LinkCheck.PreviousLink, _signed.Previous is null ? "it is the first, over the stream's end" : "it follows the sign-off before it, over the stream's end",
                () => SignOffRules.OfThePlace(Predicate!, _before, Digest.Of(head.LeafHash.Bytes))),
            _logged.Version > change
                ? Passed(LinkCheck.Freshness, "no gate changed after it")
                : Failed(LinkCheck.Freshness, $"version {change} of the release changed a gate after it"),
            Inclusion(),
            Statement(),
            OfThePredicate(
                LinkCheck.GoNoGo, $"the go/no-go that was signed is replayed: {(Predicate is null ? "" : Verdicts.Name(Predicate.GoNoGo.Verdict))}",
                () => SignOffRules.OfTheGoNoGo(Predicate!, _before, _policy, _logged.At, GoNoGoDigest.Of)),
            OfTheSigner(LinkCheck.SeparationOfDuties, "the signer held no other duty that the policy keeps apart", signer => SignerRules.OfTheDuties(Predicate!.Role, _policy.Policy, _before, signer)),
        ];
        if (withdrawal is not null && _signed.Decision == SignOffChoice.Reject) checks.Add(Withdrawal(withdrawal));
        return checks;
    }

    private static Refusal? Read(SignOffEnvelope logged, out Envelope? envelope, out SignOffStatement? statement)
    {
        statement = null;
        if (!Envelope.TryParse(JsonSerializer.SerializeToUtf8Bytes(logged, DomainJson.Default.SignOffEnvelope), out envelope, out var error))
            return new Refusal("envelope_malformed", error, "");
        return SignOffStatement.Read(envelope.UnverifiedPayload.Span, out statement);
    }

    private LinkCheckReport Signature()
    {
        if (_envelope is null) return Failed(LinkCheck.Signature, _unreadable!.Message);
        if (Broken(LinkCheck.Signature) is { } broken) return broken;

        // Any key that the signer ever had: whether it counted then is the next check's.
        if (_history?.State?.Key(_signed.Key) is not { } known) return NotEvaluated(LinkCheck.Signature, $"the key {_signed.Key} is not one of '{_signed.Signer}'");
        if (SignerPublicKey.Read(known.Key) is not { } key) return NotEvaluated(LinkCheck.Signature, $"the key {_signed.Key} cannot be used here, or is not what its id says");
        var verification = _envelope.Verify(Integrity.Statements.Statement.PayloadType, key, out _);
        return verification.IsValid ? Passed(LinkCheck.Signature, $"{known.Key.Algorithm} by {_signed.Key}") : Failed(LinkCheck.Signature, verification.Reason);
    }

    // Refused when the key is added; where it happened all the same, the signature does not say who made it.
    private Refusal? OfTheHolder() => _other is null
        ? null
        : new Refusal("key_in_use", $"the key {_signed.Key} was also a key of '{_other.Id}' by then: the signature does not say which of them signed", "");

    private LinkCheckReport Inclusion()
    {
        IEnumerable<LoggedEvent> events = [_logged, _evidence.Policy, .. _history?.Events.Where(logged => logged.Sequence < _logged.Sequence) ?? []];
        var worst = Passed(LinkCheck.Inclusion, "it is in the log, and what it rests on");
        foreach (var logged in events)
        {
            switch (_evidence.Inclusion(logged))
            {
                case CheckOutcome.Passed: break;
                case CheckOutcome.Failed: return Failed(LinkCheck.Inclusion, $"the event at sequence {logged.Sequence} is not in the log");
                default: worst = NotEvaluated(LinkCheck.Inclusion, $"nothing shows that the event at sequence {logged.Sequence} is in the log"); break;
            }
        }

        return worst;
    }

    private LinkCheckReport Statement()
    {
        if (_unreadable is not null) return Failed(LinkCheck.Statement, _unreadable.Message);
        var predicate = Predicate!;
        if (_statement!.Digest != _signed.Statement) return Failed(LinkCheck.Statement, $"the event names the statement {_signed.Statement}, and holds {_statement.Digest}");
        if ((predicate.Stage, predicate.Role, predicate.Signer.Id, predicate.Signer.Name, predicate.Decision, predicate.Meaning, predicate.Previous)
            != (_signed.Stage, _signed.Role, _signed.Signer, _signed.Name, _signed.Decision, _signed.Meaning, _signed.Previous))
            return Failed(LinkCheck.Statement, "the event says something else than the statement that was signed");

        var signed = new SignedStatement(predicate, _statement.Subjects, _statement.Digest, _signed.Key, _signed.Envelope);
        return OfThePredicate(
            LinkCheck.Statement, "it is about this release's artifacts, in this ledger, under its policy",
            () => SignOffRules.OfTheTexts(predicate) ?? SignOffRules.OfAnother(signed, _before, _evidence.Ledger) ?? SignOffRules.OfTheTime(predicate, _logged.At));
    }

    private LinkCheckReport Withdrawal(LoggedEvent withdrawal)
    {
        if (Broken(LinkCheck.Withdrawal) is { } broken) return broken;
        return _history?.Before(withdrawal.Sequence)?.ActsAs(withdrawal.Actor.Id) == true
            ? Passed(LinkCheck.Withdrawal, "the signer took the rejection back")
            : Failed(LinkCheck.Withdrawal, $"'{withdrawal.Actor.Id}' took back a rejection of '{_signed.Signer}' at sequence {withdrawal.Sequence}");
    }

    private LinkCheckReport OfTheSigner(LinkCheck check, string holds, Func<SignerState, Refusal?> rule)
    {
        if (Broken(check) is { } broken) return broken;
        if (_signer is null && check != LinkCheck.KeyValidity) return NotEvaluated(check, $"'{_signed.Signer}' was not enrolled");
        return OfThePredicate(check, holds, () => rule(_signer!));
    }

    private LinkCheckReport OfThePredicate(LinkCheck check, string holds, Func<Refusal?> rule)
    {
        if (Predicate is null) return NotEvaluated(check, "the statement cannot be read");
        var refusal = Untrusted.Read(rule, out var error);
        if (error is not null) return NotEvaluated(check, error);
        return refusal is null ? Passed(check, holds) : Failed(check, refusal.Message);
    }

    private LinkCheckReport? Broken(LinkCheck check) => _history?.Error is { } error ? NotEvaluated(check, $"the history of '{_signed.Signer}' is broken: {error}") : null;

    private static LinkCheckReport Passed(LinkCheck check, string detail) => new(check, CheckOutcome.Passed, detail);

    private static LinkCheckReport Failed(LinkCheck check, string detail) => new(check, CheckOutcome.Failed, detail);

    private static LinkCheckReport NotEvaluated(LinkCheck check, string detail) => new(check, CheckOutcome.NotEvaluated, detail);
}
