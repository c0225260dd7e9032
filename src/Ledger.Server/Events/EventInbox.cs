using Ledger.Domain.Events;
using Ledger.Domain.ExternalEvents;
using Ledger.Domain.Releases;
using Ledger.Intake.CdEvents;
using Ledger.Intake.CloudEvents;
using Ledger.Server.Auth;
using Ledger.Server.Http;
using Ledger.Store;
using Ledger.Store.Append;
using Ledger.Store.Log;

namespace Ledger.Server.Events;

/// <summary>
/// Keeps events that fit no release, once by source, id and type, and says of each which releases it is on record for by now. That a token which is
/// bound to services sent something keeps nobody else from sending it: who reaches other services has keys of their own.
/// </summary>
internal sealed class EventInbox(CommandDesk desk, LedgerStore store)
{
    /// <summary>Keeps an event.</summary>
    /// <param name="http">The request.</param>
    /// <param name="received">The event.</param>
    /// <param name="cdEvent">What it says as a CDEvent; null where it is none.</param>
    /// <param name="because">Why it fits no release.</param>
    public async ValueTask<Attempt<EventOutcome>> KeepAsync(HttpContext http, CloudEvent received, CdEvent? cdEvent, string because)
    {
        var content = KeptContent.Of(received, cdEvent);
        var told = new InboxEvent.Received(content.Source, content.Id, content.Kind, content.Evidence, content.Redactions, because, content.At, content.Summary);
        var submitted = await desk.SubmitAsync(http, new InboxCommand.Receive(told), KeyOf(http.Caller(), received), content.Bytes);
        if (!submitted.Succeeded(out var carriedOut, out var problem)) return problem;
        return EventOutcome.Of(received, carriedOut.Appended.Replayed ? EventOutcome.RepeatedOutcome : EventOutcome.KeptOutcome, null, because, carriedOut.Receipt);
    }

    /// <summary>Says of an event that came with its release, and had come without one before, that it is assigned to it.</summary>
    /// <param name="http">The request.</param>
    /// <param name="received">The event.</param>
    /// <param name="release">The release that it is on record for.</param>
    /// <param name="placed">The place in the log of what records it there.</param>
    /// <returns>Why it could not be said; null where it was, or there was nothing to say.</returns>
    public async ValueTask<Problem?> FollowAsync(HttpContext http, CloudEvent received, ReleaseId release, long placed)
    {
        try
        {
            return await store.FindAsync(KeyOf(http.Caller(), received), http.RequestAborted) is { } kept
                ? await AssignAsync(http, await FindAsync(kept.Sequence, http.RequestAborted), release, await FindAsync(placed, http.RequestAborted))
                : null;
        }
        catch (Exception exception) when (exception is OperationCanceledException || RequestPipeline.IsUnavailable(exception))
        {
            return Problems.Unavailable(outcomeUnknown: true); // what it is assigned to is on record: sent again, the rest is said
        }
    }

    /// <summary>Says of an event of a source's stream that it is assigned to a release. The same twice is said once.</summary>
    public async ValueTask<Problem?> AssignAsync(HttpContext http, StoredEvent kept, ReleaseId release, StoredEvent placed)
    {
        var assign = new InboxCommand.Assign(kept.Recorded<InboxEvent.Received>().Event.Source, PlaceOf(kept), release, PlaceOf(placed));
        var submitted = await desk.SubmitAsync(http, assign, IdempotencyKey.Of("inbox", $"{kept.Sequence}\0{release}", []));
        return submitted.Succeeded(out _, out var problem) ? null : problem;
    }

    /// <summary>The event at a place in the log that was told.</summary>
    public async ValueTask<StoredEvent> FindAsync(long sequence, CancellationToken cancellation) =>
        await store.Events.FindAsync(sequence, cancellation) ?? throw new InvalidDataException($"event {sequence} is missing");

    public static EventReference PlaceOf(StoredEvent stored) => new(stored.Sequence, stored.Version);

    private static IdempotencyKey KeyOf(Caller caller, CloudEvent received)
    {
        var reach = caller.SeesEverything ? "" : string.Join(',', caller.Services.Order(StringComparer.Ordinal));
        return EventIdentity.Key($"inbox/{reach}", received);
    }
}
