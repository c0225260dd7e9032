using System.CommandLine;
using Ledger.Cli.Arguments;
using Ledger.Cli.Output;
using Ledger.Cli.Pins;
using Ledger.Integrity.Notes;

namespace Ledger.Cli.Commands;

/// <summary><c>ledger receipt verify</c>: that the log has an event, by a file alone. Exit 0 when it is proved, 1 when the file proves nothing.</summary>
internal static class ReceiptCommand
{
    private const int MaxBytes = 2 * Note.MaxBytes;

    public static Command Create(CommandFactory make) => CommandFactory.Group("receipt", "Check receipts", Verify(make));

    private static Command Verify(CommandFactory make)
    {
        var file = Typed.File("The receipt, as --receipt or 'proof --out' wrote it");
        var key = Typed.Key("--key", "The log's verifier key, from a source you trust; the one that is pinned unless given");
        var witnesses = Typed.Keys("--witness", "The key of a witness that may have cosigned");
        var quorum = new Option<int?>("--quorum")
        {
            HelpName = "N",
            Description = "How many of the witnesses must have cosigned; all of them unless given",
        };
        return make.Offline("verify", "Check a receipt; needs no server", [file, key, witnesses, quorum], async session =>
        {
            if (!Quorum(session.Get(witnesses)!, session.Get(quorum)).TryGet(out var wanted, out var failure)) return session.Fail(failure);
            var opened = await InputFile.ReadAsync(session.Here, session.Get(file), MaxBytes, session.CancellationToken).ConfigureAwait(false);
            if (!opened.TryGet(out var bytes, out failure)) return session.Fail(failure);
            if (!TlogProof.TryParse(bytes, out var proof, out var error)) return session.Fail(Invalid("receipt_malformed", error));

            var origin = proof.Checkpoint.Text[..proof.Checkpoint.Text.IndexOf('\n', StringComparison.Ordinal)];
            if (!KeyOf(session, session.Get(key), origin).TryGet(out var logKey, out failure)) return session.Fail(failure);
            if (!ProvenEvent.Verify(proof, logKey, wanted.Value).TryGet(out var proven, out failure)) return session.Fail(failure);
            if (session.Json) JsonOutput.Write(session.Here.Out, writer => proven.WriteJson(writer, keyPinned: true));
            else ProofView.Show(session.Screen, proven);
            return ExitCode.Done;
        });
    }

    private static Result<Wanted> Quorum(VerifierKey[] witnesses, int? required)
    {
        if (witnesses.Length == 0) return required is null ? new Wanted(null) : Failure.Usage("quorum_invalid", "--quorum counts witnesses, and none is named", "name them: --witness KEY");
        try
        {
            return new Wanted(new WitnessQuorum(required ?? witnesses.Length, witnesses));
        }
        catch (ArgumentException exception)
        {
            return Failure.Usage("quorum_invalid", $"these witnesses make no quorum: {exception.Message.Split('(')[0].TrimEnd(' ', '.')}");
        }
    }

    private static Result<VerifierKey> KeyOf(Session session, VerifierKey? given, string origin)
    {
        if (given is not null) return given;
        if (PinStore.OpenExisting(session.Here) is not { } store) return Failure.Usage("key_missing", "the log's key is not known here", "give it: --key KEY");
        if (!store.Of(origin).TryGet(out var found, out var failure)) return failure;
        return found.Pin is { } pin ? pin.LogKey : Failure.Usage("key_missing", $"no key of the log {origin} is pinned here", "give it: --key KEY");
    }

    private static Failure Invalid(string code, string reason) => Failure.Refused(code, $"the receipt proves nothing: {reason}");

    private readonly record struct Wanted(WitnessQuorum? Value);
}
