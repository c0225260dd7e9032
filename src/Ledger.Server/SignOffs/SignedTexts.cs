using Ledger.Domain;
using Ledger.Domain.SignOffs;
using Ledger.Intake;
using Ledger.Integrity.Statements;

namespace Ledger.Server.SignOffs;

/// <summary>
/// What a signer wrote goes into the log as it was signed, or not at all: redacted, it would not be what was signed. So a text that would
/// have to be redacted is refused.
/// </summary>
internal static class SignedTexts
{
    /// <summary>Why the statement cannot be kept; null when it can.</summary>
    public static Refusal? Check(SignedStatement signed)
    {
        if (Redactor.Redact(signed.Predicate.Meaning).Count > 0)
            return new Refusal("meaning_personal_data", "the meaning holds personal data or a secret, and what is signed cannot be redacted", "sign again, in words that may stand in the log");

        // The names of the artifacts are the signer's words too: artifacts are told apart by their digests alone.
        return Statement.TryParse(Convert.FromBase64String(signed.Envelope.Payload), out var statement, out var error)
            ? statement.Subjects.Any(subject => subject.Name is { } name && Redactor.Redact(name).Count > 0)
                ? new Refusal("statement_personal_data", "the name of a subject is personal data or a secret, and what is signed cannot be redacted", "name the artifacts as the release does")
                : null
            : throw new System.Diagnostics.UnreachableException(error);
    }
}
