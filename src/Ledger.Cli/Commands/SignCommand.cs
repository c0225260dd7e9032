using System.CommandLine;
using System.Text;
using Ledger.Cli.Contract;
using Ledger.Cli.Output;
using Ledger.Cli.Server;
using Ledger.Cli.Signing;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.SignOffs;
using Ledger.Integrity.Envelopes;

namespace Ledger.Cli.Commands;

/// <summary><c>ledger sign</c>: show a person what they put their name to, sign it on their machine, and hand it in.</summary>
internal static class SignCommand
{
    private const string Agreement = "yes";
    private const int MaxWarnings = 8;

    public static Command Create(CommandFactory make)
    {
        var options = new SignOptions();
        var key = KeyFile();
        var signWith = new Option<string?>("--sign-with")
        {
            HelpName = "COMMAND",
            Description = "What signs instead, run by the shell: the bytes on its standard input, the signature on its standard output (raw; DER for ECDSA)",
        };
        var yes = new Option<bool>("--yes") { Description = "Do not ask: what is shown was looked at before" };
        var command = make.Recording("sign", "Sign a release off, or reject it", [.. options.Symbols, key, signWith, yes], session =>
            RunAsync(session, options.Wish(session), session.Get(key), session.Get(signWith), session.Get(yes)));
        command.Validators.Add(result =>
        {
            if (result.GetResult(key) is null == (result.GetResult(signWith) is null)) result.AddError("give either --key or --sign-with");
        });
        command.Add(SignPrepareCommand.Create(make));
        command.Add(SignSubmitCommand.Create(make));
        return command;
    }

    public static Option<string?> KeyFile() => new("--key") { HelpName = "FILE", Description = "Your private key: it is read here and goes nowhere" };

    /// <summary>Warns of what an approval would pass over; whether there is anything.</summary>
    public static bool Warn(Session session, SignOffDraft draft)
    {
        if (draft.Predicate.Decision == SignOffChoice.Reject || draft.OtherReasons.Count == 0) return false;
        session.Say($"WARNING: {draft.Predicate.Release} is {Verdicts.Name(draft.Standing.Verdict)}, and not only because sign-offs are missing");
        foreach (var reason in draft.OtherReasons.Take(MaxWarnings)) session.Say($"WARNING: {reason.Subject ?? "release"}: {reason.Message} ({reason.Rule})");
        if (draft.OtherReasons.Count > MaxWarnings) session.Say($"WARNING: and {Wording.Number(draft.OtherReasons.Count - MaxWarnings)} reasons more, all of them in what is shown");
        return true;
    }

    private static async Task<int> RunAsync(Session session, SignOffWish wish, string? keyFile, string? command, bool agreed)
    {
        if (!agreed && !session.Here.InIsTerminal)
            return session.Fail(Failure.Usage("not_interactive", "nobody is there to be shown what is signed", "look at it first: ledger sign prepare; then give --yes"));

        var prepared = await SignOffDesk.PrepareAsync(session, wish, Credentials.Signing).ConfigureAwait(false);
        if (!prepared.TryGet(out var ready, out var failure) || !ready.Keys.TryGet(out var enrolled, out failure)) return session.Fail(failure);
        var signer = keyFile is null ? StatementSigner.OfCommand(command!) : await StatementSigner.OfFileAsync(session, keyFile, enrolled).ConfigureAwait(false);
        if (!signer.TryGet(out var hand, out failure)) return session.Fail(failure);

        DraftView.Show(session.Json ? new PlainScreen(session.Here.Error) : session.Screen, ready.Draft);
        var warned = Warn(session, ready.Draft);
        if (!agreed && !await AgreesAsync(session, warned ? wish.Release.ToString() : Agreement).ConfigureAwait(false))
            return session.Fail(Failure.Refused("not_agreed", "not signed", "nothing was signed or submitted"));

        var signed = await hand.SignAsync(ready.Draft.ToBeSigned, enrolled, session.CancellationToken).ConfigureAwait(false);
        if (!signed.TryGet(out var signature, out failure)) return session.Fail(failure);
        var envelope = SignOffDesk.Seal(ready.Draft.Payload, signature);
        if (!StatementSummary.Read(ready.Draft.Payload.Span).TryGet(out var statement, out failure)) return session.Fail(failure);
        var recorded = await SignOffDesk.SubmitAsync(session, statement, envelope, again => Keep(session, statement, envelope, again)).ConfigureAwait(false);
        return await session.ShowRecordedAsync(recorded, ShowSigned).ConfigureAwait(false);
    }

    public static void ShowSigned(Screen screen, SignedOffAnswer answer) => screen.Line(
        new Piece(answer.Decision == "reject" ? "rejected" : "signed", answer.Decision == "reject" ? Tone.Bad : Tone.Good), " by ", new Piece(answer.Name, Tone.Strong),
        $" as {answer.Role} in the stage {answer.Stage}; the chain is {answer.Chain}, the release ", Wording.Verdict(answer.Verdict));

    // To approve what is not GO takes more than one word: the release's name has to be typed.
    private static async Task<bool> AgreesAsync(Session session, string word)
    {
        await session.Here.Error.WriteAsync($"type {word} to sign: ").ConfigureAwait(false);
        await session.Here.Error.FlushAsync(session.CancellationToken).ConfigureAwait(false);
        using var reader = new StreamReader(session.Here.OpenInput(), Encoding.UTF8);
        return (await reader.ReadLineAsync(session.CancellationToken).ConfigureAwait(false))?.Trim() == word;
    }

    // The same command again would sign another statement: what was signed is kept, and handed in again as it is.
    private static string Keep(Session session, StatementSummary statement, Envelope envelope, string key)
    {
        var file = $"sign-off-{statement.Digest.Hex[..16]}.dsse.json";
        try
        {
            OutputFile.Replace(session.Here.Resolve(file), stream => stream.Write(envelope.ToBytes()));
            return $"what you signed is kept in {file}; hand it in again: ledger sign submit {file} --idempotency-key {key}";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "'ledger signoffs show' says whether it arrived; sign again where it did not";
        }
    }
}
