using System.CommandLine;
using Ledger.Cli.Arguments;
using Ledger.Cli.Output;
using Ledger.Intake;

namespace Ledger.Cli.Commands;

/// <summary><c>ledger read</c>: what the ledger would measure in a report, found out without a server.</summary>
internal static class ReadCommand
{
    public static Command Create(CommandFactory make)
    {
        var file = Typed.File("The report");
        var tool = new Option<string?>("--tool") { HelpName = "T", Description = "The tool that wrote it; recognised by its structure unless given" };
        return make.Offline("read", "Show what would be measured in a report; needs no server", [file, tool], session => RunAsync(session, session.Get(file), session.Get(tool)));
    }

    private static async Task<int> RunAsync(Session session, string path, string? tool)
    {
        var opened = await InputFile.ReadAsync(session.Here, path, ReportLimits.MaxBytes, session.CancellationToken).ConfigureAwait(false);
        if (!opened.TryGet(out var report, out var failure)) return session.Fail(failure);
        return ReportReader.Read(report, tool) switch
        {
            ReadResult.Read { Reading: var reading } => Show(session, reading),
            ReadResult.Refused refused => session.Fail(Failure.Refused(refused.Code, refused.Message, refused.Hint)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static int Show(Session session, Reading reading)
    {
        if (!reading.Evaluated) session.Say($"not evaluated: {reading.NotEvaluatedBecause}");
        if (session.Json) WriteJson(session, reading);
        else Show(session.Screen, reading);
        return ExitCode.Done;
    }

    private static void Show(Screen screen, Reading reading)
    {
        screen.Line(new Piece(reading.Tool, Tone.Strong), "  ", reading.Evaluated ? new Piece("evaluated", Tone.Good) : new Piece("not evaluated", Tone.Waiting));
        screen.Table(["measurement", "value", "unit"], [.. reading.Measurements.Select(measurement => new Piece[]
        {
            measurement.Name, new(Wording.Number(measurement.Value), Tone.Strong), new(Wording.Unit(measurement.Unit), Tone.Quiet),
        })]);
        if (reading.Redactions > 0) screen.Line(new Piece($"  {Wording.Number(reading.Redactions)} redacted before anything is kept", Tone.Quiet));
    }

    private static void WriteJson(Session session, Reading reading) => JsonOutput.Write(session.Here.Out, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("tool", reading.Tool);
        writer.WriteBoolean("evaluated", reading.Evaluated);
        if (reading.NotEvaluatedBecause is { } because) writer.WriteString("notEvaluatedBecause", because);
        writer.WriteStartArray("measurements");
        foreach (var measurement in reading.Measurements)
        {
            writer.WriteStartObject();
            writer.WriteString("name", measurement.Name);
            writer.WriteNumber("value", measurement.Value);
            writer.WriteString("unit", Wording.Unit(measurement.Unit));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteNumber("redactions", reading.Redactions);
        writer.WriteEndObject();
    });
}
