using System.CommandLine;
using System.Globalization;
using Ledger.Cli.Contract;
using Ledger.Cli.Output;
using Ledger.Cli.Server;

namespace Ledger.Cli.Commands;

/// <summary><c>ledger audit</c>: the server re-reads everything. Exit 0 when it is sound, 1 when it is not, 3 when that is not known.</summary>
internal static class AuditCommand
{
    private static readonly TimeSpan LongEnough = TimeSpan.FromMinutes(10);

    public static Command Create(CommandFactory make) => make.Ordering(
        "audit", "Have the server re-read the whole log; exit 0 only when it is sound", [], async session =>
        {
            var audited = await session.RecordAsync("v1/audit", ReadOnlyMemory<byte>.Empty, "application/json", ContractJson.Default.AuditAnswer, Credentials.Reading, timeout: LongEnough).ConfigureAwait(false);
            if (!audited.TryGet(out var answer, out var failure)) return session.Fail(failure.AsUnanswered() with { OutcomeUnknown = null });
            if (answer.Value.Contradiction is { } what) return session.Fail(Failure.Garbled(what));

            session.Show(answer, Show);
            return answer.Value.Sound ? ExitCode.Done : ExitCode.Refused;
        });

    private static void Show(Screen screen, AuditAnswer audit)
    {
        screen.Line(audit.Sound ? new Piece("sound", Tone.Good) : new Piece("not sound", Tone.Bad));
        if ((audit.FirstBad ?? (audit.Sound ? null : audit.Problems[0])) is { } first)
            screen.Line("first bad leaf: ", new Piece(Place(first), Tone.Strong), "  ", first.Message);
        screen.Facts(
            ("events", Wording.Number(audit.Events)), ("tree size", Wording.Number(audit.TreeSize)), ("root", audit.Root),
            ("took", string.Create(CultureInfo.InvariantCulture, $"{audit.ElapsedMs} ms")));
        screen.Table(["code", "where", "stream", "what"], [.. audit.Problems.Select(problem => new Piece[]
        {
            new(problem.Code ?? "", Tone.Bad), Place(problem), problem.Stream ?? "", problem.Message,
        })]);
    }

    private static string Place(AuditProblem problem) => (problem.LeafIndex, problem.Sequence) switch
    {
        ({ } leafIndex, { } sequence) => string.Create(CultureInfo.InvariantCulture, $"leaf {leafIndex} (#{sequence})"),
        ({ } leafIndex, null) => string.Create(CultureInfo.InvariantCulture, $"leaf {leafIndex}"),
        (null, { } sequence) => Wording.Sequence(sequence),
        _ => "the log",
    };
}
