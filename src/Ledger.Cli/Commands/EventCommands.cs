using System.CommandLine;
using System.Text.Json;
using Ledger.Cli.Arguments;
using Ledger.Cli.Contract;
using Ledger.Cli.Output;
using Ledger.Cli.Server;
using Ledger.Domain.Releases;
using Ledger.Intake;
using Ledger.Intake.CdEvents;
using Ledger.Intake.CloudEvents;

namespace Ledger.Cli.Commands;

/// <summary><c>ledger event</c>: a CloudEvent, a batch of them, or a CDEvent by itself; and what became of those that fit no release.</summary>
internal static class EventCommands
{
    // The extension attribute by which an event of any type names its release.
    private const string ReleaseExtension = "ledgerrelease";

    public static Command Create(CommandFactory make) => CommandFactory.Group("event", "Send events of other systems, and say which release they are about", Send(make), UnassignedCommands.List(make), UnassignedCommands.Assign(make));

    private static Command Send(CommandFactory make)
    {
        var file = Typed.File("A CloudEvent as JSON, a JSON array of them, or a CDEvent");
        var release = new Option<ReleaseId?>("--release")
        {
            HelpName = "RELEASE",
            Description = "The release that the events are about, as service/version, where they do not say it themselves",
            CustomParser = result =>
            {
                if (ReleaseId.TryParse(result.Tokens[0].Value) is { } named) return named;
                result.AddError($"'{result.Tokens[0].Value}' is not a release; write service/version, e.g. shop/v1.2.3");
                return null;
            },
        };
        return make.Ordering("send", "Send an event, or a batch; exit 1 where one was refused", [file, release, make.Options.Spool], async session =>
        {
            var opened = await InputFile.ReadAsync(session.Here, session.Get(file), CloudEventLimits.MaxBatchBytes, session.CancellationToken).ConfigureAwait(false);
            if (!opened.TryGet(out var bytes, out var failure)) return session.Fail(failure);
            if (!Read(bytes).TryGet(out var events, out failure)) return session.Fail(failure);
            var isBatch = IsArray(bytes);
            var documents = events.Select(one => CloudEventJson.Write(session.Get(release) is { } named ? Naming(one, named) : one)).ToList();

            var sent = await session.RecordAsync(
                "v1/events", isBatch ? Batch(documents) : documents[0], isBatch ? CloudEventReader.Batch : CloudEventReader.Structured, ContractJson.Default.EventsAnswer, Credentials.Reporting).ConfigureAwait(false);
            if (!sent.TryGet(out var answer, out failure)) return session.Fail(failure);
            session.Show(answer, Show);
            return answer.Value.Events.Any(outcome => outcome.Outcome == EventOutcome.Refused) ? ExitCode.Refused : ExitCode.Done;
        });
    }

    private static bool IsArray(ReadOnlySpan<byte> bytes) => bytes.TrimStart(" \t\r\n"u8) is [(byte)'[', ..];

    // A CDEvent by itself is put into the CloudEvent that its binding asks for.
    private static Result<List<CloudEvent>> Read(byte[] bytes)
    {
        var read = CloudEventReader.Read(IsArray(bytes) ? CloudEventReader.Batch : CloudEventReader.Structured, [], bytes);
        if (read is IntakeResult<IReadOnlyList<CloudEvent>>.Read events) return new List<CloudEvent>(events.Value);
        if (read is IntakeResult<IReadOnlyList<CloudEvent>>.Refused wrong && (IsArray(bytes) || SaysItIsACloudEvent(bytes))) return Failure.Refused(wrong.Code, wrong.Message, wrong.Hint);
        return CdEventReader.Wrap(bytes) switch
        {
            IntakeResult<CloudEvent>.Read wrapped => new List<CloudEvent> { wrapped.Value },
            IntakeResult<CloudEvent>.Refused refused => Failure.Refused(refused.Code, refused.Message, refused.Hint),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static bool SaysItIsACloudEvent(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("specversion", out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static CloudEvent Naming(CloudEvent one, ReleaseId release) =>
        one with { Extensions = new Dictionary<string, string>(one.Extensions, StringComparer.Ordinal) { [ReleaseExtension] = release.ToString() } };

    private static byte[] Batch(IEnumerable<ReadOnlyMemory<byte>> documents)
    {
        var batch = new MemoryStream();
        batch.WriteByte((byte)'[');
        foreach (var document in documents)
        {
            if (batch.Length > 1) batch.WriteByte((byte)',');
            batch.Write(document.Span);
        }

        batch.WriteByte((byte)']');
        return batch.ToArray();
    }

    private static void Show(Screen screen, EventsAnswer answer)
    {
        foreach (var outcome in answer.Events) Show(screen, outcome);
    }

    /// <summary>One event's outcome, in two lines at most.</summary>
    public static void Show(Screen screen, EventOutcome outcome)
    {
        var tone = outcome.Outcome switch { "recorded" or "repeated" => Tone.Good, EventOutcome.Refused => Tone.Bad, _ => Tone.Waiting };
        screen.Line(
            new Piece(outcome.Id, Tone.Strong), $"  {outcome.Type}  ", new Piece(outcome.Outcome, tone),
            (outcome.Release is { } release ? $" for {release}" : "") + (outcome.Receipt is { } receipt ? $" as {Wording.Sequence(receipt.Sequence)}" : ""));
        if (outcome.Because is { } because) screen.Line($"  {because}");
    }
}
