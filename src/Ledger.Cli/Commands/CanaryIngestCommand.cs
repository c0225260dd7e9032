using System.CommandLine;
using Ledger.Cli.Arguments;
using Ledger.Cli.Contract;
using Ledger.Cli.Output;
using Ledger.Cli.Server;
using Ledger.Intake.Argo;

namespace Ledger.Cli.Commands;

/// <summary><c>ledger canary ingest</c>: Argo Rollouts' and Argo CD's own objects. What was there already is not recorded again.</summary>
internal static class CanaryIngestCommand
{
    public static Command Create(CommandFactory make)
    {
        var release = Typed.Release();
        var file = Typed.File("AnalysisRun, Rollout and Application objects as kubectl prints them, in JSON or YAML");
        return make.Recording("ingest", "Record what Argo's objects say that is new", [release, file], async session =>
        {
            var opened = await InputFile.ReadAsync(session.Here, session.Get(file), ArgoLimits.MaxBytes, session.CancellationToken).ConfigureAwait(false);
            if (!opened.TryGet(out var objects, out var failure)) return session.Fail(failure);
            var ingested = await session.RecordAsync(
                Routes.Release(session.Get(release), "/argo"), objects, "application/octet-stream", ContractJson.Default.IngestedAnswer, Credentials.Reporting,
                answer => CanaryCommands.OtherRelease(answer.Release, session.Get(release))).ConfigureAwait(false);
            return await session.ShowMaybeRecordedAsync(ingested, Show).ConfigureAwait(false);
        });
    }

    private static void Show(Screen screen, IngestedAnswer answer)
    {
        screen.Line(
            new Piece(answer.Release, Tone.Strong), $"  {Wording.Number((long)answer.Recorded)} measurements recorded, {Wording.Number((long)answer.Repeated)} known already; the release is ",
            Wording.Verdict(answer.Verdict));
        CanaryMeasureCommand.Triggered(screen, answer.Triggered);
        if (answer.Deviations > 0) screen.Line(new Piece($"  {Wording.Number((long)answer.Deviations)} deviations from the plan recorded", Tone.Bad));
        foreach (var note in answer.Notes) screen.Line(new Piece($"  {note}", Tone.Quiet));
    }
}
