using System.CommandLine;
using Ledger.Cli.Arguments;
using Ledger.Cli.Contract;
using Ledger.Cli.Output;
using Ledger.Cli.Server;

namespace Ledger.Cli.Commands;

/// <summary><c>ledger decide</c>: record go or no-go, with everything it rests on.</summary>
internal static class DecideCommand
{
    private const string Go = "go";

    public static Command Create(CommandFactory make)
    {
        var release = Typed.Release();
        var verdict = Typed.Word("VERDICT", "What is decided", Go, "no-go");
        var reason = new Option<string?>("--reason") { HelpName = "TEXT", Description = "Why; a no-go must have it" };
        var emergency = new Option<string?>("--emergency") { HelpName = "REASON", Description = "Go before every approval is there, where the policy allows it: they are due by its deadline" };
        return make.Recording("decide", "Record go or no-go", [release, verdict, reason, emergency], async session =>
        {
            var wanted = session.Get(verdict) == Go ? ReleaseStatus.Go : "NO_GO";
            var decided = await session.RecordAsync(
                Routes.Release(session.Get(release), "/decision"), new DecideBody(wanted, session.Get(reason), session.Get(emergency)),
                ContractJson.Default.DecideBody, ContractJson.Default.DecidedAnswer, Credentials.Managing,
                answer => answer.Verdict == wanted ? null : "it says the opposite of what was decided").ConfigureAwait(false);
            return await session.ShowRecordedAsync(decided, (screen, answer) =>
            {
                screen.Line("decided ", Wording.Verdict(answer.Verdict), " for ", new Piece(session.Get(release).ToString(), Tone.Strong), $" on {answer.Inputs.Count} events");
                if (answer.ApproveBy is { } deadline) screen.Line(new Piece($"  every approval is due by {Wording.Time(deadline)}", Tone.Waiting));
            }).ConfigureAwait(false);
        });
    }
}
