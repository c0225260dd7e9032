using System.CommandLine;
using Ledger.Cli.Arguments;
using Ledger.Cli.Contract;
using Ledger.Cli.Output;
using Ledger.Cli.Server;
using Ledger.Integrity.Notes;

namespace Ledger.Cli.Commands;

/// <summary><c>ledger proof</c>: that an event is in the log, checked here and not taken on anybody's word.</summary>
internal static class ProofCommand
{
    public static Command Create(CommandFactory make)
    {
        var sequence = Typed.Sequence();
        var output = new Option<string?>("--out") { HelpName = "FILE", Description = "Where the proof goes, with the event in it (C2SP tlog-proof): it verifies without a server" };
        var logKey = new Option<VerifierKey?>("--log-key")
        {
            HelpName = "KEY",
            Description = "The log's verifier key, from a source you trust; the server's own word unless given",
            CustomParser = result =>
            {
                if (VerifierKey.TryParse(result.Tokens[0].Value, out var key, out var error)) return key;
                result.AddError($"the log key cannot be read: {error}");
                return null;
            },
        };
        return make.Asking("proof", "Prove that an event is in the log, and check the proof here", [sequence, output, logKey], session =>
            RunAsync(session, session.Get(sequence), session.Get(output), session.Get(logKey)));
    }

    private static async Task<int> RunAsync(Session session, long sequence, string? output, VerifierKey? pinned)
    {
        var number = Routes.Number(sequence);
        var askedEvent = await session.AskAsync($"v1/events/{number}", ContractJson.Default.LoggedEvent, Credentials.Reading).ConfigureAwait(false);
        if (!askedEvent.TryGet(out var logged, out var failure)) return session.Fail(failure);
        var askedProof = await session.AskAsync($"v1/proofs/inclusion?sequence={number}", ContractJson.Default.InclusionAnswer, Credentials.Reading).ConfigureAwait(false);
        if (!askedProof.TryGet(out var inclusion, out failure)) return session.Fail(failure);

        var key = pinned;
        if (key is null)
        {
            var askedLog = await session.AskAsync("v1/log", ContractJson.Default.LogAnswer, Credentials.Reading).ConfigureAwait(false);
            if (!askedLog.TryGet(out var log, out failure)) return session.Fail(failure);
            if (!VerifierKey.TryParse(log.Value.VerifierKey, out key, out var error)) return session.Fail(Failure.Garbled($"the log's key cannot be read: {error}"));
        }

        if (!ProvenEvent.Verify(sequence, logged.Value, inclusion.Value, key).TryGet(out var proven, out failure)) return session.Fail(failure);
        if (output is not null) await File.WriteAllBytesAsync(session.Here.Resolve(output), proven.ToFile(), session.CancellationToken).ConfigureAwait(false);

        if (session.Json) JsonOutput.Write(session.Here.Out, writer => proven.WriteJson(writer, pinned is not null));
        else ProofView.Show(session.Screen, proven);
        if (pinned is null) session.Hint($"the log's key is the server's own word; pin it: --log-key '{key}'");
        return ExitCode.Done;
    }
}
