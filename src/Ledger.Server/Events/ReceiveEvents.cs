using Ledger.Intake;
using Ledger.Intake.CdEvents;
using Ledger.Intake.CloudEvents;
using Ledger.Server.Auth;
using Ledger.Server.Http;

namespace Ledger.Server.Events;

/// <summary>Takes CloudEvents over HTTP: one with <c>ce-</c> headers or as JSON, or a batch of them.</summary>
internal static class ReceiveEvents
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/events", HandleAsync)
        .Describe(
            Access.AnyRole, "receiveEvents", "Receive CloudEvents",
            "CloudEvents 1.0: binary (ce-* headers), application/cloudevents+json, application/cloudevents-batch+json; a CDEvent by itself as application/json; 1 MiB an event, 4 MiB and 200 events a batch. "
            + "'source', 'id' and 'type' say which event it is: what came before is answered as it was then, other content under them is refused. CDEvents and the ledger's own types become commands for the release that they name, by their content, by an artifact's "
            + "digest or by service and version; the extension 'ledgerrelease', or ?release=SERVICE/VERSION for events without it, names it for any type. Other types are kept as evidence, and so is what fits no release, or more than one; both are refused where the ledger is so configured. Roles: ci, release-manager, admin.")
        .Accepts<byte[]>("*/*")
        .AppendsByContent<EventsAnswer>()
        .Produces<EventsAnswer>();

    private static async Task<IResult> HandleAsync(HttpContext http, EventDesk desk)
    {
        var contentType = http.Request.ContentType;
        var received = await RequestBody.ReadAsync(http, CloudEventReader.MaxBytes(contentType), RefusalCodes.EventTooLarge);
        if (!received.Succeeded(out var body, out var problem)) return problem;
        if (!Read(http, contentType, body).Succeeded(out var events, out problem)) return problem;
        var isBatch = contentType is not null && MediaTypes.Essence(contentType) == CloudEventReader.Batch;
        var outcomes = new List<EventOutcome>(events.Count);
        foreach (var one in events)
        {
            var outcome = await desk.ReceiveAsync(http, one);
            if (outcome.Succeeded(out var answered, out problem))
            {
                outcomes.Add(answered);
                continue;
            }

            // Of a batch each event has its own outcome; but where nobody can tell, the sender has to send all of it again.
            if (!isBatch || problem.Status >= StatusCodes.Status500InternalServerError) return problem;
            outcomes.Add(EventOutcome.Refused(one, problem));
        }

        var answer = new EventsAnswer(outcomes);
        return outcomes is [{ Outcome: EventOutcome.RepeatedOutcome or EventOutcome.RefusedOutcome }] || isBatch
            ? Answer.Ok(answer, ApiJson.Answers.EventsAnswer)
            : Answer.Created(answer, ApiJson.Answers.EventsAnswer);
    }

    private static Attempt<List<CloudEvent>> Read(HttpContext http, string? contentType, byte[] body)
    {
        List<CloudEvent> events;
        if (IsPlainJson(http, contentType))
        {
            var wrapped = CdEventReader.Wrap(body);
            if (wrapped is IntakeResult<CloudEvent>.Refused unwrappable) return Problems.Of(unwrappable);
            events = [((IntakeResult<CloudEvent>.Read)wrapped).Value];
        }
        else
        {
            var read = CloudEventReader.Read(contentType, http.Request.Headers.Select(header => KeyValuePair.Create(header.Key, header.Value.ToString())), body);
            if (read is IntakeResult<IReadOnlyList<CloudEvent>>.Refused refused) return Problems.Of(refused);
            events = [.. ((IntakeResult<IReadOnlyList<CloudEvent>>.Read)read).Value];
        }

        if (http.Request.Query["release"] is not [{ } named]) return events;
        return events.ConvertAll(one => one.Extensions.ContainsKey(EventTarget.Extension)
            ? one
            : one with { Extensions = new Dictionary<string, string>(one.Extensions, StringComparer.Ordinal) { [EventTarget.Extension] = named } });
    }

    // Without the headers of a CloudEvent a plain document can only be a CDEvent that nobody wrapped.
    private static bool IsPlainJson(HttpContext http, string? contentType) =>
        contentType is not null && MediaTypes.Essence(contentType) == "application/json" && !http.Request.Headers.Any(header => header.Key.StartsWith("ce-", StringComparison.OrdinalIgnoreCase));
}

/// <summary>What became of events.</summary>
/// <param name="Events">One outcome for each, in their order.</param>
internal sealed record EventsAnswer(IReadOnlyList<EventOutcome> Events);

/// <summary>What became of one event.</summary>
/// <param name="Id">The event's id.</param>
/// <param name="Source">The event's source, without personal data.</param>
/// <param name="Type">The event's type.</param>
/// <param name="Outcome">recorded: it became a command; kept: as evidence; repeated: it came before; refused.</param>
/// <param name="Release">The release that it is about; absent where it fits none, and is kept until somebody assigns it.</param>
/// <param name="Code">Why it was refused.</param>
/// <param name="Because">The same for people; of a kept one, why it means nothing more, or fits no release.</param>
/// <param name="Receipt">Where its last event stands in the log.</param>
internal sealed record EventOutcome(
    string Id, string Source, string Type, string Outcome, string? Release = null, string? Code = null, string? Because = null, ReceiptAnswer? Receipt = null)
{
    public const string RecordedOutcome = "recorded";
    public const string KeptOutcome = "kept";
    public const string RepeatedOutcome = "repeated";
    public const string RefusedOutcome = "refused";

    public static EventOutcome Of(CloudEvent received, string outcome, string? release, string? because, ReceiptAnswer? receipt) =>
        new(FreeText.Redact(received.Id), FreeText.Redact(received.Source), FreeText.Redact(received.Type), outcome, release, null, because, receipt);

    public static EventOutcome Refused(CloudEvent received, Problem problem) =>
        new(FreeText.Redact(received.Id), FreeText.Redact(received.Source), FreeText.Redact(received.Type), RefusedOutcome, null, problem.Code, problem.Message);
}
