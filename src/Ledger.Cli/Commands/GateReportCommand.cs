using System.CommandLine;
using Ledger.Cli.Arguments;
using Ledger.Cli.Contract;
using Ledger.Cli.Output;
using Ledger.Cli.Server;
using Ledger.Intake;

namespace Ledger.Cli.Commands;

/// <summary><c>ledger gate report</c>: hand in a tool's report. Exit 0 says that it is recorded, whatever it came to.</summary>
internal static class GateReportCommand
{
    public static Command Create(CommandFactory make)
    {
        var release = Typed.Release();
        var gate = Typed.Name("GATE", "The gate, as the release's policy names it");
        var file = Typed.File("The report, as the tool wrote it");
        var tool = new Option<string?>("--tool") { HelpName = "T", Description = "The tool that wrote it; recognised by its structure unless given" };
        var supersede = GateCommands.Supersede();
        return make.Recording("report", "Hand in a tool's report under a gate", [release, gate, file, tool, supersede], async session =>
        {
            var opened = await InputFile.ReadAsync(session.Here, session.Get(file), ReportLimits.MaxBytes, session.CancellationToken).ConfigureAwait(false);
            if (!opened.TryGet(out var report, out var failure)) return session.Fail(failure);
            var path = Routes.Query(
                Routes.Gate(session.Get(release), session.Get(gate), "reports"), ("tool", session.Get(tool)), ("supersede", session.Get(supersede)));
            var reported = await session.RecordAsync(path, report, "application/octet-stream", ContractJson.Default.GateReported, Credentials.Reporting, answer => answer.Contradiction(session.Get(gate))).ConfigureAwait(false);
            var exitCode = await session.ShowRecordedAsync(reported, Show).ConfigureAwait(false);
            if (exitCode == ExitCode.Done && reported.TryGet(out var recorded, out _)) Advise(session, recorded.Value);
            return exitCode;
        });
    }

    private static void Advise(Session session, GateReported answer)
    {
        if (answer.Outcome == "failed") session.Hint("the gate is red; a report that is to count in its place says why with --supersede");
        else if (answer.Outcome == "not_evaluated") session.Hint("the report does not tell whether the gate is passed; see what it measures with 'ledger read'");
    }

    private static void Show(Screen screen, GateReported answer)
    {
        screen.Line(
            new Piece(answer.Gate, Tone.Strong), "  ", Wording.Outcome(answer.Outcome), $" by {answer.Tool}; the gate is ", Wording.Outcome(answer.GateOutcome),
            ", the release ", Wording.Verdict(answer.Verdict));
        if (answer.NotEvaluatedBecause is { } because) screen.Line("  ", because);
        screen.Table(["criterion", "measured", "outcome"], [.. answer.Results.Select(result => new Piece[]
        {
            $"{result.Metric} {result.Comparator} {Wording.Text(result.Threshold)}", result.Value is { } value ? Wording.Number(value) : "nothing", Wording.Outcome(result.Outcome),
        })]);
        if (answer.Redactions > 0) screen.Line(new Piece($"  {Wording.Number(answer.Redactions)} redacted before it was kept", Tone.Quiet));
    }
}
