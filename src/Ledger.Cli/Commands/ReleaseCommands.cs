using System.CommandLine;
using Ledger.Cli.Arguments;
using Ledger.Cli.Contract;
using Ledger.Cli.Output;
using Ledger.Cli.Server;
using Ledger.Domain.Releases;

namespace Ledger.Cli.Commands;

/// <summary><c>ledger release</c>: open, look at and close releases.</summary>
internal static class ReleaseCommands
{
    private static readonly string[] Outcomes = [.. Enum.GetValues<CloseOutcome>().Select(CloseOutcomes.Name)];

    public static Command Create(CommandFactory make) => CommandFactory.Group(
        "release", "Open, look at and close releases",
        ReleaseOpenCommand.Create(make), ReleaseListCommand.Create(make), Status(make), ReleaseHistoryCommand.Create(make), Close(make));

    private static Command Status(CommandFactory make)
    {
        var release = Typed.Release();
        var asOf = Typed.AsOf();
        return make.Asking("status", "Show whether a release may go, and why", [release, asOf], session => session.ShowAsync(
            Routes.Query(Routes.Release(session.Get(release)), ("asOf", session.Get(asOf))),
            ContractJson.Default.ReleaseStatus,
            (screen, status) => StatusView.Show(screen, status, session.IsSandbox),
            status => status.Contradiction(session.Get(release).ToString())));
    }

    private static Command Close(CommandFactory make)
    {
        var release = Typed.Release();
        var outcome = Typed.OneOf("--outcome", "How it ended", Outcomes);
        outcome.Required = true;
        var reason = new Option<string>("--reason") { HelpName = "TEXT", Required = true, Description = "Why" };
        return make.Recording("close", "End a release's story", [release, outcome, reason], async session =>
        {
            var closed = await session.RecordAsync(
                Routes.Release(session.Get(release), "/close"), new CloseBody(session.Get(outcome)!, session.Get(reason)!),
                ContractJson.Default.CloseBody, ContractJson.Default.ClosedAnswer, Credentials.Managing).ConfigureAwait(false);
            return await session.ShowRecordedAsync(closed, (screen, answer) =>
            {
                screen.Line("closed ", new Piece(session.Get(release).ToString(), Tone.Strong), $" as {session.Get(outcome)}");
                if (answer.OpenFollowUps is { Count: > 0 } open) screen.Line("  still to be done: ", new Piece(string.Join(", ", open), Tone.Waiting));
            }).ConfigureAwait(false);
        });
    }
}
