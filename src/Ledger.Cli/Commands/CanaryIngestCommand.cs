using System.CommandLine;
using Ledger.Cli.Arguments;
using Ledger.Cli.Contract;
using Ledger.Cli.Output;
using Ledger.Cli.Server;
using Ledger.Domain.Measurements;
using Ledger.Intake.Argo;

namespace Ledger.Cli.Commands;

/// <summary><c>ledger canary ingest</c>: Argo Rollouts' and Argo CD's own objects. What was there already is not recorded again.</summary>
internal static class CanaryIngestCommand
{
    public static Command Create(CommandFactory make)
    {
        var release = Typed.Release();
        var file = Typed.File("AnalysisRun, Rollout and Application objects as kubectl prints them, in JSON or YAML");
        var units = new Option<string[]>("--unit")
        {
            HelpName = "METRIC=UNIT",
            Description = "What Argo's numbers of a metric count in, e.g. p95=s or errors=%; give it once for each metric that is held against more than a count",
        };
        return make.Recording("ingest", "Record what Argo's objects say that is new; exit 1 where measurements were left out for want of their unit", [release, file, units], async session =>
        {
            foreach (var unit in session.Get(units) ?? [])
            {
                if (unit.LastIndexOf('=') is > 0 and var at && StatedUnit.TryParse(unit[(at + 1)..], out _)) continue;
                return session.Fail(Failure.Usage("unit_unknown", $"'{unit}' is not a metric and its unit", "write METRIC=UNIT, the unit as in a quantity, e.g. s, ms, %, MiB, or ratio"));
            }

            var opened = await InputFile.ReadAsync(session.Here, session.Get(file), ArgoLimits.MaxBytes, session.CancellationToken).ConfigureAwait(false);
            if (!opened.TryGet(out var objects, out var failure)) return session.Fail(failure);
            var ingested = await session.RecordAsync(
                Routes.Query(Routes.Release(session.Get(release), "/argo"), [.. (session.Get(units) ?? []).Select(unit => ("unit", (string?)unit))]), objects, "application/octet-stream", ContractJson.Default.IngestedAnswer, Credentials.Reporting,
                answer => CanaryCommands.OtherRelease(answer.Release, session.Get(release))).ConfigureAwait(false);
            var shown = await session.ShowMaybeRecordedAsync(ingested, Show).ConfigureAwait(false);
            return shown == ExitCode.Done && ingested.TryGet(out var answer, out _) && answer.Value.LeftOut > 0 ? ExitCode.Refused : shown;
        });
    }

    private static void Show(Screen screen, IngestedAnswer answer)
    {
        screen.Line(
            new Piece(answer.Release, Tone.Strong), $"  {Wording.Number((long)answer.Recorded)} measurements recorded, {Wording.Number((long)answer.Repeated)} known already; the release is ",
            Wording.Verdict(answer.Verdict));
        CanaryMeasureCommand.Triggered(screen, answer.Triggered);
        if (answer.Deviations > 0) screen.Line(new Piece($"  {Wording.Number((long)answer.Deviations)} deviations from the plan recorded", Tone.Bad));
        if (answer.LeftOut > 0) screen.Line(new Piece($"  {Wording.Number((long)answer.LeftOut)} measurements left out: say what they count in by --unit METRIC=UNIT, and ingest them again", Tone.Bad));
        foreach (var note in answer.Notes) screen.Line(new Piece($"  {note}", Tone.Quiet));
    }
}
