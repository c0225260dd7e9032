using System.CommandLine;
using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using Ledger.Cli.Arguments;
using Ledger.Cli.Contract;
using Ledger.Cli.Output;
using Ledger.Cli.Server;

namespace Ledger.Cli.Commands;

/// <summary><c>ledger webhook</c>: who is told of events, what they did not take, and trying it anew.</summary>
internal static class WebhookCommands
{
    private const int PageAtMost = 500;

    public static Command Create(CommandFactory make) => CommandFactory.Group(
        "webhook", "See who is told of events, and what they did not take", List(make), DeadLetters(make), Replay(make), Discard(make), Discards(make), WebhookVerifyCommand.Create(make));

    private static Command List(CommandFactory make) => make.Asking("list", "List receivers, and how far they have come", [], async session =>
    {
        var asked = await session.AskAsync("v1/webhooks", ContractJson.Default.WebhookList, Credentials.Overseeing).ConfigureAwait(false);
        return asked.TryGet(out var answer, out var failure) ? session.Show(answer, Show) : session.Fail(failure);
    });

    private static void Show(Screen screen, WebhookList list)
    {
        if (list.Receivers.Count == 0) screen.Line(new Piece("no receivers", Tone.Quiet));
        screen.Table(["receiver", "address", "events", "up to", "behind", "dead letters", "problem"], [.. list.Receivers.Select(receiver => new Piece[]
        {
            new(receiver.Name, Tone.Strong),
            receiver.Address ?? new Piece(receiver.Configured ? "" : "not configured", Tone.Quiet),
            receiver.Events is null ? receiver.Configured ? "all" : "" : string.Join(", ", receiver.Events),
            Wording.Sequence(receiver.Sequence),
            receiver.Lag.Events == 0 ? "" : new Piece(string.Create(CultureInfo.InvariantCulture, $"{receiver.Lag.Events} events, {receiver.Lag.Seconds:0} s"), Tone.Waiting),
            receiver.DeadLetters == 0 ? "" : new Piece(Wording.Number(receiver.DeadLetters), Tone.Bad),
            receiver.Problem ?? "",
        })]);
    }

    private static Command DeadLetters(CommandFactory make) => Pages(
        make, "dead-letters", "List what a receiver did not take", "/dead-letters", ContractJson.Default.DeadLetterPage, Show);

    private static void Show(Screen screen, DeadLetterPage page)
    {
        if (page.DeadLetters.Count == 0) screen.Line(new Piece("no dead letters", Tone.Quiet));
        screen.Table(["event", "what", "of", "attempts", "first", "last", "problem"], [.. page.DeadLetters.Select(letter => new Piece[]
        {
            new(Wording.Sequence(letter.Id), Tone.Strong), letter.Type, letter.Subject,
            letter.Replaying ? new Piece($"{Wording.Number(letter.Attempts)}, again", Tone.Waiting) : Wording.Number(letter.Attempts),
            Wording.Time(letter.FirstAttemptAt), Wording.Time(letter.LastAttemptAt), new(letter.Problem, Tone.Bad),
        })]);
    }

    private static Command Replay(CommandFactory make)
    {
        var name = Name();
        var sequence = Typed.Sequence();
        sequence.Arity = ArgumentArity.ZeroOrOne;
        var all = new Option<bool>("--all") { Description = "Everything that it did not take" };
        var command = make.Ordering("replay", "Have dead letters tried anew", [name, sequence, all], async session =>
        {
            var which = session.Get(all) ? "/dead-letters/replay" : $"/dead-letters/{Routes.Number(session.Find(sequence))}/replay";
            var replayed = await session.RecordAsync(
                Routes.Webhook(session.Get(name), which), ReadOnlyMemory<byte>.Empty, "application/json", ContractJson.Default.Replayed, Credentials.Administering).ConfigureAwait(false);
            if (!replayed.TryGet(out var answer, out var failure)) return session.Fail(failure with { OutcomeUnknown = null });
            return session.Show(answer, (screen, shown) => screen.Line(
                new Piece(Wording.Number(shown.Count), Tone.Strong), shown.Count == 1 ? " dead letter" : " dead letters", $" of {shown.Receiver} will be tried anew"));
        });
        command.Validators.Add(result =>
        {
            if (result.GetResult(sequence) is { Tokens.Count: > 0 } == result.GetResult(all) is { Implicit: false }) result.AddError("say which: SEQ or --all");
        });
        return command;
    }

    private static Command Discard(CommandFactory make)
    {
        var name = Name();
        var sequence = Typed.Sequence();
        var reason = new Option<string>("--reason") { HelpName = "TEXT", Description = "Why its receiver need not be told", Required = true };
        return make.Ordering("discard", "Put a dead letter away: its receiver is not told any more", [name, sequence, reason], async session =>
        {
            var discarded = await session.RecordAsync(
                Routes.Webhook(session.Get(name), $"/dead-letters/{Routes.Number(session.Get(sequence))}/discard"), new DiscardBody(session.Get(reason)!), ContractJson.Default.DiscardBody,
                ContractJson.Default.Discarded, Credentials.Administering).ConfigureAwait(false);
            if (!discarded.TryGet(out var answer, out var failure)) return session.Fail(failure with { OutcomeUnknown = null });
            return session.Show(answer, (screen, shown) => screen.Line("the dead letter ", new Piece(Wording.Sequence(shown.Sequence), Tone.Strong), $" of {shown.Receiver} was put away"));
        });
    }

    private static Command Discards(CommandFactory make) => Pages(
        make, "discards", "List the dead letters that were put away, by whom and why", "/discards", ContractJson.Default.DiscardPage, Show);

    private static void Show(Screen screen, DiscardPage page)
    {
        if (page.Discards.Count == 0) screen.Line(new Piece("nothing was put away", Tone.Quiet));
        screen.Table(["event", "what", "of", "attempts", "put away", "by", "reason"], [.. page.Discards.Select(letter => new Piece[]
        {
            new(Wording.Sequence(letter.Id), Tone.Strong), letter.Type, letter.Subject, Wording.Number(letter.Attempts), Wording.Time(letter.At), letter.By, letter.Reason,
        })]);
    }

    // One page of what became of messages to a receiver.
    private static Command Pages<T>(CommandFactory make, string command, string description, string route, JsonTypeInfo<T> type, Action<Screen, T> show)
        where T : class, IReceiverPage
    {
        var name = Name();
        var after = new Option<long?>("--after") { HelpName = "SEQ", Description = "Those after this one" };
        var limit = Typed.Count("--limit", "How many", preset: 100, max: PageAtMost);
        return make.Asking(command, description, [name, after, limit], async session =>
        {
            var path = Routes.Query(
                Routes.Webhook(session.Get(name), route),
                ("after", session.Get(after) is { } from ? Routes.Number(from) : null), ("limit", Routes.Number(session.Get(limit))));
            var asked = await session.AskAsync(
                path, type, Credentials.Overseeing,
                page => page.Receiver == session.Get(name) ? null : $"it is about '{page.Receiver}', not about '{session.Get(name)}'").ConfigureAwait(false);
            if (!asked.TryGet(out var answer, out var failure)) return session.Fail(failure);
            session.Show(answer, show);
            if (answer.Value.Next is { } next) session.Hint($"there are more: --after {next}");
            return ExitCode.Done;
        });
    }

    private static Argument<string> Name() => Typed.Name("NAME", "The receiver's name");
}
