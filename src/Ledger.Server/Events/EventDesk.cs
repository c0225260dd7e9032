using Ledger.Domain;
using Ledger.Domain.Deployments;
using Ledger.Domain.Events;
using Ledger.Domain.ExternalEvents;
using Ledger.Domain.Releases;
using Ledger.Domain.Rollbacks;
using Ledger.Integrity;
using Ledger.Intake;
using Ledger.Intake.CdEvents;
using Ledger.Intake.CloudEvents;
using Ledger.Server.Http;
using Ledger.Server.Watches;
using Ledger.Store.Append;
using Ledger.Store.Log;

namespace Ledger.Server.Events;

/// <summary>
/// Turns one CloudEvent into a command, or keeps it: for the release that it is about, or in its source's stream where it fits none. Which event it is
/// (<see cref="EventIdentity"/>) is its idempotency key, within the release. Other content under that is refused.
/// </summary>
internal sealed class EventDesk(CommandDesk desk, EventTarget target, EventInbox inbox, WatchDesk watch, UnknownEvents unknown, UnassignedEvents unassigned)
{
    private const string MeaningNothing = "its type means nothing here";
    private const string KeptType = "external_event_kept";

    /// <summary>Takes an event as it came.</summary>
    public async ValueTask<Attempt<EventOutcome>> ReceiveAsync(HttpContext http, CloudEvent received)
    {
        var outcome = await TakeAsync(http, received, from: null);
        if (!outcome.Succeeded(out var taken, out var problem)) return Reused(problem);
        return taken is { Release: { } named, Receipt: { } receipt } && ReleaseId.TryParse(named) is { } release
            && await inbox.FollowAsync(http, received, release, receipt.Sequence) is { } unsaid
            ? unsaid
            : taken;
    }

    /// <summary>Takes an event that came before its release was known, as if it came with it now.</summary>
    /// <param name="http">The request.</param>
    /// <param name="kept">What was kept of it, naming its release.</param>
    /// <param name="from">Where it is kept.</param>
    public async ValueTask<Attempt<EventOutcome>> AssignAsync(HttpContext http, CloudEvent kept, StoredEvent from)
    {
        var origin = EventInbox.PlaceOf(from);
        var outcome = await TakeAsync(http, kept, origin);
        if (!outcome.Succeeded(out var taken, out var problem)) return Reused(problem);
        var release = ReleaseId.TryParse(taken.Release)!;
        var placed = await inbox.FindAsync(taken.Receipt!.Sequence, http.RequestAborted);
        if (placed.Type != KeptType)
        {
            // What it led to does not say where it came from, so that is said beside it.
            var content = KeptContent.Of(kept, null);
            var beside = await desk.SubmitAsync(http, new ExternalEventCommand.Keep(release, content.ForRelease(origin)), KeyOf(kept, release, "kept"), content.Bytes);
            if (!beside.Succeeded(out _, out problem)) return problem;
        }

        return await inbox.AssignAsync(http, from, release, placed) is { } unsaid ? unsaid : taken;
    }

    private static Problem Reused(Problem problem) => problem.Code != "idempotency_key_reused"
        ? problem
        : new Problem(
            problem.Status, "event_reused", "an event of this source, id and type came before, with other content", "give what is another event another id");

    private async ValueTask<Attempt<EventOutcome>> TakeAsync(HttpContext http, CloudEvent received, EventReference? from)
    {
        CdEvent? cdEvent = null;
        if (CdEventTypes.IsCdEvent(received.Type))
        {
            var read = CdEventReader.Read(received);
            if (read is IntakeResult<CdEvent>.Refused refused) return Problems.Of(refused);
            cdEvent = ((IntakeResult<CdEvent>.Read)read).Value;
        }

        var because = cdEvent is null ? MeaningNothing : (cdEvent.Content as CdContent.Unmapped)?.Because;
        if (because is not null && unknown == UnknownEvents.Refuse)
            return new Problem(StatusCodes.Status422UnprocessableEntity, "event_type_unknown", $"the event is refused: {because}", $"types that are read: {string.Join(", ", CdEventTypes.All)}");
        if (!(await target.FindAsync(http, received, cdEvent)).Succeeded(out var found, out var problem)) return problem;
        if (found.Release is not { } release) return unassigned == UnassignedEvents.Refuse ? found.Missing! : await inbox.KeepAsync(http, received, cdEvent, found.Missing!.Message);

        var observed = new Observation(cdEvent?.Time ?? received.Time ?? default, SourceOf(received));
        switch (cdEvent?.Content)
        {
            case CdContent.GateReported gate:
                return await ReportAsync(http, received, release, gate);
            case CdContent.CanaryStepChanged { IsCompleted: false } step:
                return await SubmitAsync(http, received, new DeploymentCommand.StartStep(release, step.Step, observed));
            case CdContent.CanaryStepChanged step:
                return await SubmitAsync(http, received, new DeploymentCommand.CompleteStep(release, step.Step, observed));
            case CdContent.MeasurementTaken measured:
                return await SubmitAsync(http, received, new DeploymentCommand.Measure(
                    release, [new Sample(measured.Measurement.Name, observed.At, observed.Source, measured.Measurement.Unit, measured.Measurement.Value, FreeText.Redact(received.Id))]));
            case CdContent.RollbackChanged { IsCompleted: false } rollback:
                return await SubmitAsync(http, received, new RollbackCommand.Start(release, RollbackCause.Manual, rollback.Reason!, observed.Source, observed));
            case CdContent.RollbackChanged:
                return await SubmitAsync(http, received, new RollbackCommand.Complete(release, observed));
            case CdContent.ServiceChanged { What: "deployed" or "upgraded" } service:
                return await SubmitAsync(http, received, new DeploymentCommand.Start(release, null, ArtifactsOf(service.Artifact), observed), keepAs: from, keepWhereRefused: true);
            case CdContent.ServiceChanged { What: "rolledback" } service when received.Extensions.ContainsKey(EventTarget.Extension):
                return await RollBackAsync(http, received, release, $"{service.Artifact.Name}@{service.Artifact.Version} is back in {service.Environment}", observed, from);
            default:
                return await KeepAsync(http, received, release, cdEvent, because, from);
        }
    }

    // The event names what runs again, not what was taken back: so it is a rollback only of a release that is named beside it, and evidence otherwise.
    private async ValueTask<Attempt<EventOutcome>> RollBackAsync(HttpContext http, CloudEvent received, ReleaseId release, string reason, Observation observed, EventReference? from)
    {
        var started = await desk.SubmitAsync(http, new RollbackCommand.Start(release, RollbackCause.Manual, FreeText.Redact(reason), observed.Source, observed), KeyOf(received, release, "start"));
        return started.Succeeded(out _, out var problem) || problem.Code == "rollback_under_way"
            ? await SubmitAsync(http, received, new RollbackCommand.Complete(release, observed))
            : problem.Code is "rolled_back" or "time_before_release" ? await KeepAsync(http, received, release, null, problem.Message, from) : problem;
    }

    private async ValueTask<Attempt<EventOutcome>> ReportAsync(HttpContext http, CloudEvent received, ReleaseId release, CdContent.GateReported gate)
    {
        var read = ReportReader.Read(gate.Report, gate.Tool);
        if (read is ReadResult.Refused refused) return Problems.Of(refused);
        var reading = ((ReadResult.Read)read).Reading;
        var digest = Hash.Sha256(reading.RedactedReport.Span);
        var report = new ReportContent(
            reading.Tool, reading.NotEvaluatedBecause, reading.Measurements, reading.Subjects.Commits, reading.Subjects.Digests, reading.Redactions,
            new Evidence(Digest.Of(digest.Bytes), reading.RedactedReport.Length, reading.MediaType));
        return await SubmitAsync(http, received, new ReleaseCommand.ReportGate(release, gate.Gate, report), new EvidenceBytes(digest, reading.MediaType, reading.RedactedReport));
    }

    // An incident is evidence, and a red check where the policy watches for incidents.
    private async ValueTask<Attempt<EventOutcome>> KeepAsync(HttpContext http, CloudEvent received, ReleaseId release, CdEvent? cdEvent, string? because, EventReference? from)
    {
        var kept = KeptContent.Of(received, cdEvent);
        var submitted = await desk.SubmitAsync(http, new ExternalEventCommand.Keep(release, kept.ForRelease(from)), KeyOf(received, release), kept.Bytes);
        if (!submitted.Succeeded(out var carriedOut, out var problem)) return problem;
        if (cdEvent?.Content is CdContent.IncidentDetected)
        {
            var (checks, unavailable) = await watch.FailAsync(http, release, WatchDesk.Incidents, 1, $"incident {FreeText.Redact(cdEvent.SubjectId)}", kept.Source);
            if (unavailable is not null) return unavailable;
            if (checks.Count > 0) return Told(received, release, carriedOut, EventOutcome.RecordedOutcome, $"failed: {string.Join(", ", checks)}");
        }

        return Told(received, release, carriedOut, EventOutcome.KeptOutcome, because ?? "it is evidence; no command follows from it");
    }

    private async ValueTask<Attempt<EventOutcome>> SubmitAsync(
        HttpContext http, CloudEvent received, ReleaseCommand command, EvidenceBytes? evidence = null, EventReference? keepAs = null, bool keepWhereRefused = false)
    {
        var submitted = await desk.SubmitAsync(http, command, KeyOf(received, command.Release), evidence);
        if (submitted.Succeeded(out var carriedOut, out var problem)) return Told(received, command.Release, carriedOut, EventOutcome.RecordedOutcome, null);

        // E.g. a deployment that the ledger knows of already: nothing new, but told by somebody else.
        return keepWhereRefused && problem.Code is "deployment_under_way" or "deployment_not_planned" or "time_before_release"
            ? await KeepAsync(http, received, command.Release, null, problem.Message, keepAs)
            : problem;
    }

    private static EventOutcome Told(CloudEvent received, ReleaseId release, Submitted submitted, string outcome, string? because) => EventOutcome.Of(
        received, submitted.Appended.Replayed ? EventOutcome.RepeatedOutcome : outcome, release.ToString(), submitted.Appended.Replayed ? null : because, submitted.Receipt);

    private static string SourceOf(CloudEvent received)
    {
        const int longest = 200;
        var source = FreeText.Redact(received.Source);
        return source.Length <= longest ? source : source[..longest];
    }

    // Within a release: what is told of two of them is recorded for both, and no token can take an event's place in another service.
    private static IdempotencyKey KeyOf(CloudEvent received, ReleaseId release, string part = "") => EventIdentity.Key($"cloudevents/{release}", received, part);

    private static IReadOnlyList<Artifact> ArtifactsOf(PackageUrl artifact) => artifact.Digest is { } digest ? [new Artifact(artifact.Name, digest)] : [];
}
