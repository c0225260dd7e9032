using System.CommandLine;
using Ledger.Cli.Arguments;
using Ledger.Cli.Contract;
using Ledger.Cli.Output;
using Ledger.Cli.Server;

namespace Ledger.Cli.Commands;

/// <summary><c>ledger signoffs</c>: a release's sign-off chain.</summary>
internal static class SignOffCommands
{
    public static Command Create(CommandFactory make) =>
        CommandFactory.Group("signoffs", "See, verify and take back sign-offs", Show(make), SignOffVerifyCommand.Create(make), Withdraw(make));

    private static Command Show(CommandFactory make)
    {
        var release = Typed.Release();
        return make.Asking("show", "Show who signed a release off, and who is still to", [release], session => session.ShowAsync(
            Routes.Release(session.Get(release), "/sign-offs"), ContractJson.Default.SignOffsAnswer,
            (screen, answer) =>
            {
                screen.Line(
                    Wording.Verdict(answer.Verdict), "  ", new Piece(answer.Release, Tone.Strong), "  ",
                    answer.SignOff is { } chain ? $"the chain is {chain.State.ToString().ToLowerInvariant()}" : "its policy asks for no sign-offs");
                if (answer.SignOff is not null) SignOffsView.Show(screen, answer.SignOff);
                if (answer.Decision is { } decision)
                {
                    screen.Line(
                        "decided ", Wording.Verdict(Domain.GoNoGo.Verdicts.Name(decision.Verdict)),
                        $" by {decision.By} at {Wording.Time(Domain.UtcTimeJsonConverter.ToText(decision.At))}, {Wording.Sequence(decision.Event.Sequence)}");
                }
            },
            answer => answer.Contradiction(session.Get(release).ToString())));
    }

    private static Command Withdraw(CommandFactory make)
    {
        var release = Typed.Release();
        var signer = Typed.SignerOption("--signer", "Whose sign-off is taken back");
        var reason = new Option<string>("--reason") { HelpName = "TEXT", Required = true, Description = "Why" };
        return make.Recording("withdraw", "Take a sign-off back", [release, signer, reason], async session =>
        {
            var withdrawn = await session.RecordAsync(
                Routes.Release(session.Get(release), "/sign-offs/withdrawal"), new WithdrawBody(session.Get(signer)!, session.Get(reason)!),
                ContractJson.Default.WithdrawBody, ContractJson.Default.WithdrawnAnswer, Credentials.Withdrawing).ConfigureAwait(false);
            return await session.ShowRecordedAsync(withdrawn, (screen, answer) =>
            {
                Piece[] verdict = answer.Verdict is { } now ? ["; the release is ", Wording.Verdict(now)] : [];
                screen.Line(["withdrew the sign-off of ", new Piece(session.Get(signer)!, Tone.Strong), .. verdict]);
            }).ConfigureAwait(false);
        });
    }
}
