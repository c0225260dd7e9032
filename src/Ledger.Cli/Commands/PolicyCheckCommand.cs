using System.CommandLine;
using System.Text.Json;
using Ledger.Cli.Arguments;
using Ledger.Cli.Output;
using Ledger.Domain.Policies;
using Ledger.Intake.Policies;

namespace Ledger.Cli.Commands;

/// <summary><c>ledger policy check</c>: everything in a policy that can never be met or measured, found out without a server.</summary>
internal static class PolicyCheckCommand
{
    public static Command Create(CommandFactory make)
    {
        var file = Typed.File("The policy, in YAML or JSON");
        return make.Offline("check", "Say what in a policy can never be met; needs no server", [file], async session =>
        {
            var path = session.Get(file);
            var opened = await InputFile.ReadAsync(session.Here, path, PolicyDocument.MaxBytes, session.CancellationToken).ConfigureAwait(false);
            if (!opened.TryGet(out var document, out var failure)) return session.Fail(failure);
            return PolicyDocument.Read(document) switch
            {
                PolicyReadResult.Read read => Show(session, path, read.Policy, read.Warnings),
                PolicyReadResult.Refused refused => Show(session, path, null, refused.Problems),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
        });
    }

    private static int Show(Session session, string path, Policy? sound, IReadOnlyList<PolicyDocumentProblem> problems)
    {
        if (session.Json) JsonOutput.Write(session.Here.Out, writer => WriteJson(writer, sound, problems));
        else Show(session.Screen, path, sound, problems);
        return sound is null ? ExitCode.Refused : ExitCode.Done;
    }

    private static void Show(Screen screen, string path, Policy? sound, IReadOnlyList<PolicyDocumentProblem> problems)
    {
        // As compilers print them, so that editors find the place.
        foreach (var problem in problems)
            screen.Line(new Piece($"{path}:{problem}", problem.Severity == ProblemSeverity.Error ? Tone.Bad : Tone.Waiting));
        if (sound is not null)
            screen.Line(new Piece(sound.Name, Tone.Strong), $" can be met: {Counted(sound.Gates.Count, "gate")}, {Counted(sound.NoGo.Count, "NO-GO condition")}");
    }

    private static string Counted(int count, string noun) => $"{Wording.Number(count)} {noun}{(count == 1 ? "" : "s")}";

    private static void WriteJson(Utf8JsonWriter writer, Policy? sound, IReadOnlyList<PolicyDocumentProblem> problems)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("sound", sound is not null);
        if (sound is not null) writer.WriteString("policy", sound.Name);
        writer.WriteStartArray("problems");
        foreach (var problem in problems)
        {
            writer.WriteStartObject();
            writer.WriteString("code", problem.Code);
            writer.WriteString("severity", problem.Severity == ProblemSeverity.Error ? "error" : "warning");
            writer.WriteString("path", problem.Path);
            writer.WriteNumber("line", problem.Line);
            writer.WriteNumber("column", problem.Column);
            writer.WriteString("message", problem.Message);
            if (problem.Hint is not null) writer.WriteString("hint", problem.Hint);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
