using System.CommandLine;
using System.Text.Json;
using Ledger.Cli.Output;
using Ledger.Cli.Spooling;

namespace Ledger.Cli.Commands;

/// <summary><c>ledger spool</c>: what was kept while the server could not be reached.</summary>
internal static class SpoolCommands
{
    public static Command Create(CommandFactory make) => CommandFactory.Group("spool", "Deliver what was kept while the server could not be reached", List(make), Flush(make), SpoolAcceptCommand.Create(make));

    public static Argument<string> Folder() => new("FOLDER") { Description = "The folder that was given as --spool" };

    private static Command List(CommandFactory make)
    {
        var folder = Folder();
        return make.Offline("list", "Show what waits, what was set aside and what is missing; exit 1 where anything is that nobody answered for", [folder], session =>
        {
            if (!Spool.Find(session.Here.Resolve(session.Get(folder))).TryGet(out var spool, out var failure) || !spool.State().TryGet(out var state, out failure) || !spool.Gaps(state).TryGet(out var gaps, out failure))
                return Task.FromResult(session.Fail(failure));
            var waiting = new List<SpooledCommand>();
            var (aside, missing) = (gaps.Aside, new List<long>(gaps.Missing));
            for (var number = state.Settled + 1; number <= state.Last; number++)
            {
                if (spool.Read(number, out var damaged) is { } command) waiting.Add(command);
                else if (damaged) aside = [.. aside, new AsideNote(number, "spool_damaged", "its file is cut off or was changed")];
                else if (!spool.IsAside(number)) missing.Add(number);
            }

            if (session.Json)
            {
                JsonOutput.Write(session.Here.Out, writer =>
                {
                    writer.WriteStartObject();
                    writer.WriteStartArray("waiting");
                    foreach (var command in waiting) Write(writer, command);
                    writer.WriteEndArray();
                    WriteTroubles(writer, aside, missing);
                    writer.WriteStartArray("accepted");
                    foreach (var gap in state.Accepted ?? []) JsonSerializer.Serialize(writer, gap, SpoolJson.Default.AcceptedGap);
                    writer.WriteEndArray();
                    writer.WriteEndObject();
                });
            }
            else
            {
                session.Screen.Table(["waiting", "since", "where to"], [.. waiting.Select(command => new Piece[]
                {
                    new(Wording.Sequence(command.Number), Tone.Strong), new(Wording.Time(command.At), Tone.Quiet), command.Path,
                })]);
                if (waiting.Count == 0) session.Screen.Line("nothing waits");
                session.Screen.Table(["not recorded", "because", "answered for by", "when", "reason"], [.. (state.Accepted ?? []).Select(gap => new Piece[]
                {
                    new(Wording.Sequence(gap.Number), Tone.Strong), gap.What, gap.By, new(Wording.Time(gap.At), Tone.Quiet), gap.Reason,
                })]);
                Tell(session, spool, aside, missing);
            }

            return Task.FromResult(aside.Count + missing.Count == 0 ? ExitCode.Done : ExitCode.Refused);
        });
    }

    private static Command Flush(CommandFactory make)
    {
        var folder = Folder();
        return make.Asking("flush", "Deliver what waits, in order, each once", [folder], async session =>
        {
            if (!Spool.Find(session.Here.Resolve(session.Get(folder))).TryGet(out var spool, out var failure)) return session.Fail(failure);
            if (!(await new SpoolFlush(session, spool).RunAsync(session.CancellationToken).ConfigureAwait(false)).TryGet(out var report, out failure)) return session.Fail(failure);
            if (session.Json) JsonOutput.Write(session.Here.Out, writer => Write(writer, report));
            else
            {
                foreach (var (number, sequence) in report.Delivered)
                    session.Screen.Line(new Piece(Wording.Sequence(number), Tone.Strong), sequence is { } recorded ? $"  recorded as {Wording.Sequence(recorded)}" : "  delivered");
                if (report is { Delivered.Count: 0, Stopped: null }) session.Screen.Line("nothing was to be delivered");
                Tell(session, spool, report.Aside, report.Missing);
                if (report.Stopped is { } stopped)
                {
                    session.Say($"{Wording.Number(report.Left)} still wait in {spool.Folder}: {stopped.Detail}");
                    if (stopped.Hint is { } hint) session.Hint(hint);
                }
            }

            if (report.Stopped is not null) return ExitCode.Unknown;
            return report.Aside.Count + report.Missing.Count == 0 ? ExitCode.Done : ExitCode.Refused;
        });
    }

    private static void Tell(Session session, Spool spool, IReadOnlyList<AsideNote> aside, IReadOnlyList<long> missing)
    {
        foreach (var note in aside) session.Say($"{Wording.Sequence(note.Number)} is set aside: {note.Detail} ({note.Code})");
        foreach (var number in missing) session.Say($"{Wording.Sequence(number)} is missing: its file is gone, and what it said with it");
        if (aside.Count > 0) session.Hint("what was set aside lies in 'aside' of that folder, with the reason beside it; give the command again if it still is to be recorded");
        if (aside.Count + missing.Count > 0) session.Hint($"once that is settled: ledger spool accept-gap {spool.Folder} NUMBER --reason TEXT; until then this ends with 1");
    }

    private static void Write(Utf8JsonWriter writer, SpoolFlush.Report report)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("delivered");
        foreach (var (number, sequence) in report.Delivered)
        {
            writer.WriteStartObject();
            writer.WriteNumber("number", number);
            if (sequence is { } recorded) writer.WriteNumber("sequence", recorded);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        WriteTroubles(writer, report.Aside, report.Missing);
        writer.WriteNumber("left", report.Left);
        if (report.Stopped is { } stopped) writer.WriteString("stopped", stopped.Detail);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, SpooledCommand command)
    {
        writer.WriteStartObject();
        writer.WriteNumber("number", command.Number);
        writer.WriteString("at", command.At);
        writer.WriteString("server", command.Server);
        writer.WriteString("path", command.Path);
        writer.WriteString("idempotencyKey", command.Key);
        writer.WriteEndObject();
    }

    private static void WriteTroubles(Utf8JsonWriter writer, IReadOnlyList<AsideNote> aside, IReadOnlyList<long> missing)
    {
        writer.WritePropertyName("aside");
        writer.WriteStartArray();
        foreach (var note in aside) JsonSerializer.Serialize(writer, note, SpoolJson.Default.AsideNote);
        writer.WriteEndArray();
        writer.WriteStartArray("missing");
        foreach (var number in missing) writer.WriteNumberValue(number);
        writer.WriteEndArray();
    }
}
