using Ledger.Domain.ExternalEvents;
using Ledger.Domain.Releases;
using Ledger.Integrity;
using Ledger.Intake;
using Ledger.Intake.CloudEvents;
using Ledger.Server.Auth;
using Ledger.Server.Http;
using Ledger.Store;

namespace Ledger.Server.Events;

/// <summary>Says which release an event is about that fitted none when it came.</summary>
internal static class AssignEvent
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/events/{sequence}/assignment", HandleAsync)
        .Describe(
            Access.Assigning, "assignEvent", "Assign an event to a release",
            "The event at that place in the log, from what is kept of it, becomes what it would have become if it had come with its release: a command, or evidence that names where it came from. "
            + "It may be assigned to several releases, to each once: again is answered as before. Events may be about any service, so the token must be for all of them. Roles: release-manager, admin.")
        .Accepts<AssignmentRequest>("application/json")
        .AppendsByContent<EventOutcome>();

    private static async Task<IResult> HandleAsync(string sequence, HttpContext http, LedgerStore store, EventDesk desk)
    {
        if (!Parameter.Number("sequence", sequence, 1, long.MaxValue, 1).Succeeded(out var number, out var problem)) return problem;
        var read = await JsonBody.ReadAsync(http, ApiJson.Default.AssignmentRequest);
        if (!read.Succeeded(out var body, out problem)) return problem;
        if (ReleaseId.TryParse(body.Value.Release) is not { } release)
            return new Problem(StatusCodes.Status422UnprocessableEntity, "release_invalid", "'release' is not the name of one", "write service/version");

        var stored = await store.Events.FindAsync(number, http.RequestAborted);
        if (stored is null || !Inbox.IsStream(stored.Stream) || stored.Recorded<InboxEvent>().Event is not InboxEvent.Received received)
            return Problems.NotFound("event_unknown", $"no event that fits no release is at {number}", "list what is there: GET /v1/events/unassigned");
        if (await store.Releases.FindAsync(release, http.RequestAborted) is null) return Problems.ReleaseUnknown(release.Service, release.Version);

        if (await KeptAsync(store, received, http.RequestAborted) is not { } kept)
            return new Problem(StatusCodes.Status422UnprocessableEntity, "event_redacted", "what is kept of the event cannot be read as one any more", "have its sender send it again, with its release");
        var outcome = await desk.AssignAsync(http, Naming(kept, release), stored);
        if (!outcome.Succeeded(out var assigned, out problem)) return problem;
        return assigned.Outcome == EventOutcome.RepeatedOutcome ? Answer.Ok(assigned, ApiJson.Answers.EventOutcome) : Answer.Created(assigned, ApiJson.Answers.EventOutcome);
    }

    // Null where redaction left no event, as when it made an attribute too long.
    private static async Task<CloudEvent?> KeptAsync(LedgerStore store, InboxEvent.Received received, CancellationToken cancellation)
    {
        var digest = Hash.TryParseHex(received.Evidence.Digest.Hex, out var hash) ? hash : throw new InvalidDataException($"{received.Evidence.Digest} is no digest");
        var evidence = await store.Evidence.FindAsync(digest, cancellation) ?? throw new InvalidDataException($"the evidence {received.Evidence.Digest} is missing");
        return CloudEventReader.Read(evidence.MediaType, [], evidence.Bytes) is IntakeResult<IReadOnlyList<CloudEvent>>.Read { Value: [var kept] } ? kept : null;
    }

    private static CloudEvent Naming(CloudEvent kept, ReleaseId release) =>
        kept with { Extensions = new Dictionary<string, string>(kept.Extensions, StringComparer.Ordinal) { [EventTarget.Extension] = release.ToString() } };
}

/// <summary>Which release an event is about.</summary>
/// <param name="Release">Its name, <c>service/version</c>.</param>
internal sealed record AssignmentRequest(string Release);
