using System.CommandLine;
using Ledger.Cli.Output;
using Ledger.Cli.Spooling;
using Ledger.Domain;

namespace Ledger.Cli.Commands;

/// <summary>
/// <c>ledger spool accept-gap</c>: somebody answers for commands that were kept and are not recorded. It is written down in the spool, with who and
/// why, and only then does the spool end with 0 again.
/// </summary>
internal static class SpoolAcceptCommand
{
    public static Command Create(CommandFactory make)
    {
        var folder = SpoolCommands.Folder();
        var numbers = new Argument<long[]>("NUMBER") { Description = "What is not recorded, as 'spool list' numbers it", Arity = ArgumentArity.OneOrMore };
        var reason = new Option<string>("--reason") { HelpName = "TEXT", Required = true, Description = "Why it may stay out of the ledger, or where it was recorded instead" };
        var by = new Option<string?>("--by") { HelpName = "WHO", Description = "Who answers for it; who is logged in unless given" };
        return make.Offline("accept-gap", "Answer for what was kept and is not recorded, so that the spool is whole again", [folder, numbers, reason, by], async session =>
        {
            var here = session.Here;
            if (string.IsNullOrWhiteSpace(session.Get(reason))) return session.Fail(Failure.Usage("reason_missing", "--reason says nothing", "say why it may stay out of the ledger"));
            if ((session.Get(by) ?? here.Variable("USER") ?? here.Variable("LOGNAME") ?? here.Variable("USERNAME")) is not { } who)
                return session.Fail(Failure.Usage("person_missing", "nothing says who answers for it", "name them: --by WHO"));
            if (!Spool.Find(here.Resolve(session.Get(folder))).TryGet(out var spool, out var failure) || !spool.State().TryGet(out var state, out failure) || !spool.Gaps(state).TryGet(out var gaps, out failure))
                return session.Fail(failure);

            var at = UtcTimeJsonConverter.ToText(here.Time.GetUtcNow());
            var accepted = new List<AcceptedGap>();
            foreach (var number in session.Get(numbers).Distinct())
            {
                var what = gaps.Aside.FirstOrDefault(note => note.Number == number)?.Detail ?? (gaps.Missing.Contains(number) ? "its file was gone" : null);
                if (what is null) return session.Fail(Failure.Refused("gap_unknown", $"{Wording.Sequence(number)} is no gap that waits for an answer", "'ledger spool list' shows what is one"));
                accepted.Add(new AcceptedGap(number, what, who, at, session.Get(reason)!));
            }

            if (!(await spool.AcceptAsync(accepted, session.CancellationToken).ConfigureAwait(false)).TryGet(out _, out failure)) return session.Fail(failure);
            if (session.Json)
            {
                JsonOutput.Write(here.Out, writer =>
                {
                    writer.WriteStartObject();
                    writer.WriteStartArray("accepted");
                    foreach (var gap in accepted) System.Text.Json.JsonSerializer.Serialize(writer, gap, SpoolJson.Default.AcceptedGap);
                    writer.WriteEndArray();
                    writer.WriteEndObject();
                });
            }
            else
            {
                foreach (var gap in accepted) session.Screen.Line(new Piece(Wording.Sequence(gap.Number), Tone.Strong), $"  answered for by {gap.By}: {gap.Reason}");
            }

            return ExitCode.Done;
        });
    }
}
