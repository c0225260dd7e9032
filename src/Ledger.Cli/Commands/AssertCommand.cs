using System.CommandLine;
using Ledger.Cli.Arguments;
using Ledger.Cli.Contract;
using Ledger.Cli.Output;
using Ledger.Cli.Server;
using Ledger.Domain.Releases;

namespace Ledger.Cli.Commands;

/// <summary>
/// <c>ledger assert go</c>: exit 0 only for GO. It fails closed: 1 where the ledger says anything else, 3 where it says nothing that
/// can be believed.
/// </summary>
internal static class AssertCommand
{
    public static Command Create(CommandFactory make) => CommandFactory.Group("assert", "Stop a pipeline that may not go on", Go(make));

    private static Command Go(CommandFactory make)
    {
        var release = Typed.Release();
        return make.Asking("go", "Exit 0 only when the release may go; say why not", [release], session => RunAsync(session, session.Get(release)));
    }

    private static async Task<int> RunAsync(Session session, ReleaseId release)
    {
        var asked = await session.AskAsync(Routes.Release(release), ContractJson.Default.ReleaseStatus, Credentials.Reading, status => status.Contradiction(release.ToString())).ConfigureAwait(false);
        if (!asked.TryGet(out var answer, out var failure))
            return session.Fail(failure is { ExitCode: ExitCode.Refused, Code: "release_unknown" } ? failure : failure.AsUnanswered());

        session.Show(answer, (screen, status) =>
        {
            screen.Line(Wording.Verdict(status.Verdict), "  ", new Piece(status.Release, Tone.Strong));
            ReasonsView.Show(screen, status.Reasons);
        });
        return answer.Value.Verdict == ReleaseStatus.Go ? ExitCode.Done : ExitCode.Refused;
    }
}
