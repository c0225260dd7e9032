using System.CommandLine;
using Ledger.Cli.Arguments;
using Ledger.Cli.Contract;
using Ledger.Cli.Output;
using Ledger.Cli.Server;
using Ledger.Intake;
using Ledger.Intake.CdEvents;
using Ledger.Intake.CloudEvents;

namespace Ledger.Cli.Commands;

/// <summary><c>ledger event send</c>: a CloudEvent, a batch of them, or a CDEvent by itself.</summary>
internal static class EventCommands
{
    public static Command Create(CommandFactory make) => CommandFactory.Group("event", "Send events of other systems", Send(make));

    private static Command Send(CommandFactory make)
    {
        var file = Typed.File("A CloudEvent as JSON, a JSON array of them, or a CDEvent");
        return make.Ordering("send", "Send an event, or a batch; exit 1 where one was refused", [file, make.Options.Spool], async session =>
        {
            var opened = await InputFile.ReadAsync(session.Here, session.Get(file), CloudEventLimits.MaxBatchBytes, session.CancellationToken).ConfigureAwait(false);
            if (!opened.TryGet(out var bytes, out var failure)) return session.Fail(failure);
            if (!Carry(bytes).TryGet(out var message, out failure)) return session.Fail(failure);

            var sent = await session.RecordAsync("v1/events", message.Body, message.MediaType, ContractJson.Default.EventsAnswer, Credentials.Reporting).ConfigureAwait(false);
            if (!sent.TryGet(out var answer, out failure)) return session.Fail(failure);
            session.Show(answer, Show);
            return answer.Value.Events.Any(outcome => outcome.Outcome == EventOutcome.Refused) ? ExitCode.Refused : ExitCode.Done;
        });
    }

    // A CDEvent by itself is put into the CloudEvent that its binding asks for; the rest is sent as it is.
    private static Result<(byte[] Body, string MediaType)> Carry(byte[] bytes)
    {
        var trimmed = bytes.AsSpan().TrimStart(" \t\r\n"u8);
        if (!trimmed.IsEmpty && trimmed[0] == '[') return (bytes, CloudEventReader.Batch);
        if (CloudEventReader.Read(CloudEventReader.Structured, [], bytes) is IntakeResult<IReadOnlyList<CloudEvent>>.Read) return (bytes, CloudEventReader.Structured);
        return CdEventReader.Wrap(bytes) switch
        {
            IntakeResult<CloudEvent>.Read wrapped => (CloudEventJson.Write(wrapped.Value).ToArray(), CloudEventReader.Structured),
            IntakeResult<CloudEvent>.Refused refused => Failure.Refused(refused.Code, refused.Message, refused.Hint),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static void Show(Screen screen, EventsAnswer answer)
    {
        foreach (var outcome in answer.Events)
        {
            var tone = outcome.Outcome switch { "recorded" or "repeated" => Tone.Good, EventOutcome.Refused => Tone.Bad, _ => Tone.Waiting };
            screen.Line(
                new Piece(outcome.Id, Tone.Strong), $"  {outcome.Type}  ", new Piece(outcome.Outcome, tone),
                (outcome.Release is { } release ? $" for {release}" : "") + (outcome.Receipt is { } receipt ? $" as {Wording.Sequence(receipt.Sequence)}" : ""));
            if (outcome.Because is { } because) screen.Line($"  {because}");
        }
    }
}
