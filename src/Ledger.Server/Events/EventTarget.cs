using Ledger.Domain.Releases;
using Ledger.Intake;
using Ledger.Intake.CdEvents;
using Ledger.Intake.CloudEvents;
using Ledger.Server.Auth;
using Ledger.Server.Http;
using Ledger.Store;

namespace Ledger.Server.Events;

/// <summary>
/// Finds the release that an event is about: the one it names, else the open one with its artifact's digest, else the one of its service and
/// version. Where several fit, none does: which one is meant is not for us to guess, and nothing is lost, for whoever knows can say it later.
/// </summary>
internal sealed class EventTarget(LedgerStore store)
{
    /// <summary>The extension attribute that names a release, <c>service/version</c>, in an event of any type.</summary>
    public const string Extension = "ledgerrelease";

    /// <summary>The release, which the caller may change, or that there is none; a problem where the event names one that cannot be.</summary>
    public async ValueTask<Attempt<FoundRelease>> FindAsync(HttpContext http, CloudEvent received, CdEvent? cdEvent)
    {
        if (received.Extensions.TryGetValue(Extension, out var extension)) return Named(http, extension);
        return cdEvent?.Content switch
        {
            CdContent.GateReported gate => Named(http, gate.Release),
            CdContent.CanaryStepChanged step => Named(http, step.Release),
            CdContent.MeasurementTaken measured => Named(http, measured.Release),
            CdContent.RollbackChanged rollback => Named(http, rollback.Release),
            CdContent.ServiceChanged service => await OfArtifactAsync(http, service.Artifact, cdEvent.SubjectId),
            CdContent.ArtifactChanged artifact => await OfArtifactAsync(http, artifact.Artifact, null),
            CdContent.IncidentDetected { Artifact: { } artifact } incident => await OfArtifactAsync(http, artifact, incident.Service),
            _ => Unknown(),
        };
    }

    private static Attempt<FoundRelease> Named(HttpContext http, string name)
    {
        if (ReleaseId.TryParse(name) is not { } release)
            return new Problem(StatusCodes.Status422UnprocessableEntity, "release_invalid", "the event names a release that is none", "write service/version");
        return http.Caller().Covers(release.Service) ? new FoundRelease(release, null) : Problems.OutOfScope($"the service '{release.Service}'");
    }

    private async ValueTask<FoundRelease> OfArtifactAsync(HttpContext http, PackageUrl artifact, string? service)
    {
        var caller = http.Caller();
        if (artifact.Digest is { } digest)
        {
            var found = await store.Artifacts.FindAsync(caller.SeesEverything ? null : caller.Services, digest, http.RequestAborted);
            if (found is [var single]) return new FoundRelease(single, null);
            if (found.Count > 1) return new FoundRelease(null, new Problem(StatusCodes.Status409Conflict, "release_ambiguous", "several open releases have that artifact", $"name one with the extension attribute '{Extension}'"));
        }

        foreach (var name in (IEnumerable<string?>)[service, artifact.Name])
        {
            foreach (var version in (IEnumerable<string?>)[artifact.Version, artifact.Version is null ? null : $"v{artifact.Version}"])
            {
                if (ReleaseId.TryCreate(name?.ToLowerInvariant(), version) is { } release && caller.Covers(release.Service) && await store.Releases.FindAsync(release, http.RequestAborted) is not null) return new FoundRelease(release, null);
            }
        }

        return Unknown();
    }

    private static FoundRelease Unknown() => new(null, new Problem(
        StatusCodes.Status422UnprocessableEntity, "release_not_named", "no release is found that the event is about", $"open it first, or name it as service/version: by the extension attribute '{Extension}', by ?release=, or by --release of the tool"));
}

/// <summary>The release that an event is about, or why none is.</summary>
/// <param name="Release">The release; null where there is none.</param>
/// <param name="Missing">What the sender is told where events without a release are refused; null where there is one.</param>
internal readonly record struct FoundRelease(ReleaseId? Release, Problem? Missing);
