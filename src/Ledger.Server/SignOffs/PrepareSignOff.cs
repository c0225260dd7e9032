using System.Text.Json;
using Ledger.Domain;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.SignOffs;
using Ledger.Server.Auth;
using Ledger.Server.Http;
using Ledger.Server.Releases;
using Ledger.Store;
using Ledger.Store.Log;
using Ledger.Store.Releases;
using Ledger.Verifier.Chains;
using MaintenanceWindow = Ledger.Domain.Releases.MaintenanceWindow;

namespace Ledger.Server.SignOffs;

/// <summary>Gives everything about a release that a statement holds and that its signer wants to see first.</summary>
internal static class PrepareSignOff
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/releases/{service}/{version}/sign-offs/preparation", HandleAsync)
        .Describe(
            Access.AnyRole, "prepareSignOff", "Prepare a sign-off",
            "The release as it stands: what a statement must hold to be taken, until something is appended to the release. SHA-256 over the canonical JSON (RFC 8785) of 'standing' is "
            + "'goNoGo.digest': a signer recomputes it, and signs what they saw.")
        .Produces<PreparationAnswer>()
        .Fails(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(string service, string version, HttpContext http, LedgerStore store)
    {
        var scope = ReleaseScope.ForReading(http, service, version);
        if (!scope.Succeeded(out var release, out var problem)) return problem;
        if (await store.Releases.FindAsync(release, http.RequestAborted) is not { } view) return Problems.ReleaseUnknown(service, version);

        // Events do not change, so the one that the state ends with is still the one that was read with it.
        var head = await store.Events.FindAsync(view.State.Last.Sequence, http.RequestAborted) ?? throw new InvalidDataException($"the last event of {release} is not there");
        return Answer.Ok(PreparationAnswer.Of(store.Origin, view, head), ApiJson.Answers.PreparationAnswer);
    }
}

/// <summary>A release as it is to be signed.</summary>
/// <param name="Ledger">The ledger's origin.</param>
/// <param name="Release">The release's name.</param>
/// <param name="Service">Its service.</param>
/// <param name="Version">Its version.</param>
/// <param name="Commit">What it is built from.</param>
/// <param name="Environment">Where it goes.</param>
/// <param name="Window">The maintenance window.</param>
/// <param name="Summary">What it is about.</param>
/// <param name="Artifacts">The subjects of the statement.</param>
/// <param name="Policy">The policy it pinned.</param>
/// <param name="Stream">The number of its events, and the leaf hash of the last of them.</param>
/// <param name="Previous">The statement of the newest sign-off there is; absent for the first.</param>
/// <param name="Standing">The go/no-go, whole.</param>
/// <param name="GoNoGo">What it came to, and its digest.</param>
/// <param name="Stages">The stages of the chain; empty where the policy asks for none.</param>
internal sealed record PreparationAnswer(
    string Ledger,
    string Release,
    string Service,
    string Version,
    string Commit,
    string Environment,
    MaintenanceWindow? Window,
    string? Summary,
    IReadOnlyList<Artifact> Artifacts,
    PolicyReference Policy,
    StreamSeen Stream,
    Digest? Previous,
    JsonElement Standing,
    GoNoGoSeen GoNoGo,
    IReadOnlyList<StageStanding> Stages)
{
    public static PreparationAnswer Of(string ledger, ReleaseView view, StoredEvent head)
    {
        var opened = view.State.Opened;
        var standing = view.Standing();
        return new PreparationAnswer(
            ledger, view.Release.ToString(), opened.Service, opened.Version, opened.Commit, opened.Environment, opened.Window, opened.Summary, opened.Artifacts, opened.Policy,
            new StreamSeen(head.Version, Digest.Of(head.LeafHash().Bytes)),
            view.State.Facts.SignOffs is [.., var last] ? last.Statement : null,
            JsonElement.Parse(GoNoGoDigest.Canonical(standing)),
            new GoNoGoSeen(standing.Verdict, standing.At, GoNoGoDigest.Of(standing)),
            standing.SignOff?.Stages ?? []);
    }
}
