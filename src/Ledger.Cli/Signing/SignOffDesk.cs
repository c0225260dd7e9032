using System.Globalization;
using System.Security.Cryptography;
using Ledger.Cli.Contract;
using Ledger.Cli.Server;
using Ledger.Domain.Actors;
using Ledger.Domain.Log;
using Ledger.Integrity.Envelopes;
using Ledger.Integrity.Keys;
using Ledger.Integrity.Statements;

namespace Ledger.Cli.Signing;

/// <summary>What every way of signing has in common: look at the release and the signer, and hand the envelope in.</summary>
internal static class SignOffDesk
{
    private const int NonceDigits = 32;

    /// <summary>The statement to be signed, made of what the server shows now.</summary>
    public static async Task<Result<Prepared>> PrepareAsync(Session session, SignOffWish wish, IReadOnlyList<Role> roles)
    {
        if (!(await session.LogAsync(roles).ConfigureAwait(false)).TryGet(out var log, out var failure)) return failure;
        if (!(await SignerAsync(session, wish.Signer, roles).ConfigureAwait(false)).TryGet(out var signer, out failure)) return failure;
        var asked = await session.AskAsync(Routes.Release(wish.Release, "/sign-offs/preparation"), ContractJson.Default.Preparation, roles).ConfigureAwait(false);
        if (!asked.TryGet(out var prepared, out failure)) return failure;

        // A sandbox has times of its own, and who signs in it signs at those.
        var now = Sandbox.IsOrigin(log.Origin) && DateTimeOffset.TryParse(prepared.Value.GoNoGo.At, CultureInfo.InvariantCulture, out var given) ? given : session.Here.Time.GetUtcNow();
        var drafted = SignOffDraft.Make(wish, signer, prepared.Value, log.Origin, now, RandomNumberGenerator.GetHexString(NonceDigits, lowercase: true));
        if (!drafted.TryGet(out var draft, out failure)) return failure;
        return new Prepared(draft, signer);
    }

    /// <summary>The signer, as enrolled.</summary>
    public static async Task<Result<SignerAnswer>> SignerAsync(Session session, string id, IReadOnlyList<Role> roles)
    {
        var asked = await session.AskAsync(Routes.Signer(id), ContractJson.Default.SignerAnswer, roles, signer => signer.Contradiction(id)).ConfigureAwait(false);
        return asked.TryGet(out var answer, out var failure) ? answer.Value : failure;
    }

    /// <summary>The envelope of a statement with its one signature.</summary>
    public static Envelope Seal(ReadOnlyMemory<byte> payload, EnvelopeSignature signature) => new(Statement.PayloadType, payload, [signature]);

    /// <summary>Hands an envelope in.</summary>
    /// <param name="session">The command.</param>
    /// <param name="statement">What is in it, as it was read or made here.</param>
    /// <param name="envelope">The envelope.</param>
    /// <param name="again">Says how to find out what became of it; null where the same command does.</param>
    public static Task<Result<Answer<SignedOffAnswer>>> SubmitAsync(Session session, StatementSummary statement, Envelope envelope, Func<string, string>? again) => session.RecordAsync(
        Routes.Release(statement.Release, "/sign-offs"), envelope.ToBytes(), "application/json", ContractJson.Default.SignedOffAnswer, Credentials.Signing,
        answer => answer.Statement == statement.Digest.ToString() && answer.Signer == statement.Signer && answer.Stage == statement.Stage ? null : "it is about another sign-off than the one that was submitted",
        again: again);
}

/// <summary>A statement and who is to sign it.</summary>
internal sealed record Prepared(SignOffDraft Draft, SignerAnswer Signer)
{
    public Result<List<PublicKey>> Keys => SignerKeys.InUse(Signer);
}
