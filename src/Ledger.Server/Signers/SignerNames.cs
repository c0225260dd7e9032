using Ledger.Domain.Signers;
using Ledger.Intake;
using Ledger.Server.Http;

namespace Ledger.Server.Signers;

/// <summary>What a signer is called in the log, for ever: names for a person, never the person's data.</summary>
internal static class SignerNames
{
    /// <summary>The id of a signer that may be there; one that cannot be is unknown.</summary>
    public static Attempt<string> Known(string id) => SignerId.IsValid(id)
        ? id
        : Problems.NotFound("signer_unknown", "there is no such signer", "list who is there: GET /v1/signers");

    /// <summary>The problem with an id that somebody is to be enrolled under; null when there is none.</summary>
    public static Problem? CheckNew(string id) => SignerId.IsValid(id) && Redactor.Redact(id).Count == 0
        ? null
        : Refuse("signer_invalid", "'id' is not a name that may stand in the log", "lower-case letters, digits and . _ - + @, at most 64; no e-mail address or other personal data");

    /// <summary>The problem with the accounts by which a signer acts; null when there is none.</summary>
    public static Problem? CheckAccounts(IReadOnlyList<string>? accounts) => accounts?.FirstOrDefault(account => Redactor.Redact(account).Count > 0) is null
        ? null
        : Refuse("accounts_invalid", "an account is personal data or a secret", "name the subjects of tokens by which the person acts");

    private static Problem Refuse(string code, string detail, string hint) => new(StatusCodes.Status422UnprocessableEntity, code, detail, hint);
}
