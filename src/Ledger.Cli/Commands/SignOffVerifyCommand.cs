using System.CommandLine;
using Ledger.Cli.Arguments;
using Ledger.Cli.Output;
using Ledger.Cli.Server;
using Ledger.Verifier;
using Ledger.Verifier.Chains;

namespace Ledger.Cli.Commands;

/// <summary><c>ledger signoffs verify</c>: exit 0 only for VALID; 1 for anything else that is known, 3 where it is not known.</summary>
internal static class SignOffVerifyCommand
{
    public static Command Create(CommandFactory make)
    {
        var release = Typed.Release();
        var asOf = Typed.Version("--as-of", "As it was after that event (its sequence number); as it is unless given");
        return make.Asking("verify", "Verify a release's sign-off chain; exit 0 only when it is valid", [release, asOf], async session =>
        {
            var path = Routes.Query(Routes.Release(session.Get(release), "/sign-offs/verification"), ("asOf", session.Get(asOf) is { } sequence ? Routes.Number(sequence) : null));
            var asked = await session.AskAsync(path, VerifierJson.Default.ChainReport, Credentials.Reading, report => Contradiction(report, session.Get(release).ToString())).ConfigureAwait(false);
            if (!asked.TryGet(out var answer, out var failure))
                return session.Fail(failure is { ExitCode: ExitCode.Refused, Code: "release_unknown" } ? failure : failure.AsUnanswered());
            session.Show(answer, ChainView.Show);
            return answer.Value.Status == ChainStatus.Valid ? ExitCode.Done : ExitCode.Refused;
        });
    }

    /// <summary>What contradicts itself; null when the report can be believed.</summary>
    /// <remarks>VALID with a check that did not pass, with a stage that is not complete or with a reason is not valid.</remarks>
    public static string? Contradiction(ChainReport report, string release)
    {
        if (report.Release != release) return $"it is about '{report.Release}', not about '{release}'";
        if (report.Status != ChainStatus.Valid) return report.Reason is null ? "it is not valid, and there is no reason" : null;
        if (report.Reason is not null) return "it says VALID and gives a reason against it";
        if (report.Required && (report.Stages.Count == 0 || report.Stages.Any(stage => !stage.Complete))) return "it says VALID while a stage is not complete";
        return report.Links.SelectMany(link => link.Checks).Any(check => check.Outcome != CheckOutcome.Passed && check.Name != LinkCheck.Freshness)
            ? "it says VALID while a check did not pass"
            : null;
    }
}
