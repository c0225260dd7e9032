using System.CommandLine;
using Ledger.Cli.Arguments;
using Ledger.Cli.Contract;
using Ledger.Cli.Output;
using Ledger.Cli.Server;

namespace Ledger.Cli.Commands;

/// <summary><c>ledger event list</c> and <c>ledger event assign</c>: events that fit no release, and which one they are about.</summary>
internal static class UnassignedCommands
{
    private const string Path = "v1/events/unassigned";
    private const int PageAtMost = 200;

    public static Command List(CommandFactory make)
    {
        var after = new Option<long?>("--after") { HelpName = "SEQ", Description = "Those after this one" };
        var limit = Typed.Count("--limit", "How many", preset: 50, max: PageAtMost);
        return make.Asking("list", "List events that fit no release", [after, limit], async session =>
        {
            var path = Routes.Query(Path, ("after", session.Get(after) is { } from ? Routes.Number(from) : null), ("limit", Routes.Number(session.Get(limit))));
            var asked = await session.AskAsync(path, ContractJson.Default.UnassignedPage, Credentials.Sorting).ConfigureAwait(false);
            if (!asked.TryGet(out var answer, out var failure)) return session.Fail(failure);
            session.Show(answer, Show);
            if (answer.Value.Next is { } next) session.Hint($"there are more: --after {next}");
            return ExitCode.Done;
        });
    }

    public static Command Assign(CommandFactory make)
    {
        var source = new Argument<string>("SOURCE") { Description = "The event's source, as it is listed" };
        var id = new Argument<string>("ID") { Description = "The event's id" };
        var release = Typed.Release();
        var type = new Option<string?>("--type") { HelpName = "TYPE", Description = "The event's type, where its source gave several the same id" };
        return make.Ordering("assign", "Say which release an event is about that fitted none", [source, id, release, type], async session =>
        {
            var path = Routes.Query(Path, ("source", session.Get(source)), ("id", session.Get(id)), ("limit", Routes.Number(PageAtMost)));
            var asked = await session.AskAsync(path, ContractJson.Default.UnassignedPage, Credentials.Managing).ConfigureAwait(false);
            if (!asked.TryGet(out var found, out var failure)) return session.Fail(failure);
            if (!Single(found.Value.Events, session.Get(type)).TryGet(out var kept, out failure)) return session.Fail(failure);

            var assigned = await session.RecordAsync(
                $"v1/events/{Routes.Number(kept.Sequence)}/assignment", new AssignmentBody(session.Get(release)!.ToString()), ContractJson.Default.AssignmentBody,
                ContractJson.Default.EventOutcome, Credentials.Managing).ConfigureAwait(false);
            if (!assigned.TryGet(out var answer, out failure)) return session.Fail(failure);
            return session.Show(answer, EventCommands.Show);
        });
    }

    private static Result<UnassignedEvent> Single(IReadOnlyList<UnassignedEvent> named, string? type) => named.Where(one => type is null || one.Type == type).ToList() switch
    {
        [var single] => single,
        [] => Failure.Refused("event_unknown", "no event of that name came without a release", "list what is there: ledger event list"),
        var several => Failure.Refused(
            "event_ambiguous", "several events have that name", $"say which with --type: {string.Join(", ", several.Select(one => one.Type).Distinct(StringComparer.Ordinal))}"),
    };

    private static void Show(Screen screen, UnassignedPage page)
    {
        if (page.Events.Count == 0) screen.Line(new Piece("every event has its release", Tone.Quiet));
        foreach (var one in page.Events)
        {
            screen.Line(new Piece(Wording.Sequence(one.Sequence), Tone.Strong), $"  {one.Source}  ", new Piece(one.Id, Tone.Strong), $"  {one.Type}  {Wording.Time(one.ReceivedAt)}");
            screen.Line($"  {(one.Summary is { } summary ? $"{summary}; " : "")}{one.Because}");
        }
    }
}
