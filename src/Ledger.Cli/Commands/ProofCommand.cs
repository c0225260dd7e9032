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
        var logKey = Typed.Key("--log-key", "The log's verifier key, from a source you trust; the one that is pinned unless given");
        return make.Asking("proof", "Prove that an event is in the log, and check the proof here", [sequence, output, logKey], session =>
            RunAsync(session, session.Get(sequence), session.Get(output), session.Get(logKey)));
    }

    private static async Task<int> RunAsync(Session session, long sequence, string? output, VerifierKey? pinned)
    {
        if (!(await session.LogAsync(Credentials.Reading).ConfigureAwait(false)).TryGet(out var log, out var failure)) return session.Fail(failure);
        var number = Routes.Number(sequence);
        var askedEvent = await session.AskAsync($"v1/events/{number}", ContractJson.Default.LoggedEvent, Credentials.Reading).ConfigureAwait(false);
        if (!askedEvent.TryGet(out var logged, out failure)) return session.Fail(failure);

        // In the very tree that is pinned: what is shown is in the log that everything else was held to.
        var path = Routes.Query("v1/proofs/inclusion", ("sequence", number), ("treeSize", Routes.Number(log.Pin.Size)));
        var askedProof = await session.AskAsync(path, ContractJson.Default.InclusionAnswer, Credentials.Reading).ConfigureAwait(false);
        if (!askedProof.TryGet(out var inclusion, out failure)) return session.Fail(failure);

        var key = pinned ?? log.Key;
        if (!ProvenEvent.Verify(sequence, logged.Value, inclusion.Value, key).TryGet(out var proven, out failure)) return session.Fail(failure);
        if (proven.Checkpoint != log.Pin.Checkpoint) return session.Fail(Failure.Garbled("the proof is for another tree than the one that was asked for"));
        if (output is not null) await File.WriteAllBytesAsync(session.Here.Resolve(output), proven.ToFile(), session.CancellationToken).ConfigureAwait(false);

        if (session.Json) JsonOutput.Write(session.Here.Out, writer => proven.WriteJson(writer, pinned is not null || log.Kept));
        else ProofView.Show(session.Screen, proven);
        if (pinned is null && !log.Kept) session.Hint($"the log's key is the server's own word; pin it: --log-key '{key}'");
        return ExitCode.Done;
    }
}
