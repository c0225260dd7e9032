using Ledger.Domain;
using Ledger.Domain.Actors;
using Ledger.Domain.Deployments;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Releases;
using Ledger.Intake;
using Ledger.Intake.Argo;
using Ledger.Server.Auth;
using Ledger.Server.Deployments;
using Ledger.Server.Http;
using Ledger.Server.Releases;
using Ledger.Server.Telemetry;
using Ledger.Server.Watches;
using Ledger.Store;
using Ledger.Store.Releases;

namespace Ledger.Server.Argo;

/// <summary>Takes Argo Rollouts' and Argo CD's own objects. They repeat what they said before; what is new is recorded.</summary>
internal static class IngestArgo
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/releases/{service}/{version}/argo", HandleAsync)
        .Describe(
            Access.AnyRole, "ingestArgo", "Ingest objects of Argo",
            "AnalysisRun, Rollout and Application objects as kubectl prints them, JSON or YAML, at most 4 MiB, gzip allowed. Of analyses the measurements that are new, whose metric an analysis or a rollback rule of "
            + "the policy names; of rollouts the steps that were taken, an abort, a foreign image; of applications drift. What was against the plan is recorded as a deviation. "
            + "Argo's numbers have no unit: where the policy holds a metric against more than a count, its own 'reported' says it, or ?unit=METRIC=UNIT, once for each, or an argument ledger-unit-METRIC of the run; without it they are left out. What the policy says is not contradicted. "
            + "The same objects may be sent again at any time: what is there is not recorded twice. Roles: ci, release-manager, admin.")
        .Accepts<byte[]>("*/*")
        .AppendsByContent<IngestAnswer>(StatusCodes.Status200OK);

    private static async Task<IResult> HandleAsync(string service, string version, HttpContext http, CommandDesk desk, SampleDesk measuring, WatchDesk watch, LedgerStore store)
    {
        var scope = ReleaseScope.ForWriting(http, service, version);
        if (!scope.Succeeded(out var release, out var problem)) return problem;
        if (Permissions.Check(http.Caller().Role, new DeploymentCommand.Measure(release, [])) is { } forbidden) return Problems.Of(forbidden);
        var received = await RequestBody.ReadAsync(http, ArgoLimits.MaxBytes, RefusalCodes.TooLarge, gzip: true);
        if (!received.Succeeded(out var body, out problem)) return problem;
        var read = ArgoReader.Read(body);
        if (read is IntakeResult<ArgoFile>.Refused refused) return Problems.Of(refused);
        if (await store.Releases.FindAsync(release, http.RequestAborted) is not { } view) return Problems.ReleaseUnknown(service, version);
        if ((view.State.Deployment?.Terms ?? DeploymentTerms.Of(view.Policy.Policy)) is not { } terms)
            return new Problem(StatusCodes.Status422UnprocessableEntity, "deployment_not_planned", $"the policy '{view.Policy.Policy.Name}' plans no deployment", "add 'deployment' to a new version of the policy");

        if (!ArgoUnits.Read(http, view.Policy.Policy).Succeeded(out var units, out problem)) return problem;
        var file = ((IntakeResult<ArgoFile>.Read)read).Value;
        RequestMetrics.Redacted("argo", file.Redactions);
        var notes = new List<string>();
        var (samples, leftOut) = (new List<Sample>(), 0);
        foreach (var run in file.Objects.OfType<ArgoObject.AnalysisRun>())
        {
            var (known, unknown) = ArgoSamples.Of(run, terms, view.Policy.Policy, units, notes);
            samples.AddRange(known);
            leftOut += unknown;
        }

        var measured = new SamplesRecorded(0, 0, [], null);
        if (samples.Count > 0 && !(await measuring.RecordAsync(http, release, samples)).Succeeded(out measured, out problem)) return problem;

        if (measured.UncountedNote is { } uncounted) notes.Add(uncounted);
        var receipt = measured.Receipt;
        var moves = 0;
        var before = view.State.Deployment?.Deviations.Sum(deviation => deviation.Count) ?? 0;
        var now = UtcTimeJsonConverter.Truncate(store.Clock.GetUtcNow());
        foreach (var found in file.Objects)
        {
            // Each object may move the release on, and the next one is held against what it is then.
            if (await store.Releases.FindAsync(release, http.RequestAborted) is not { } current) return Problems.ReleaseUnknown(service, version);
            IReadOnlyList<ReleaseCommand> commands = found switch
            {
                ArgoObject.Rollout rollout => RolloutMoves.Of(rollout, release, current.State, now, notes),
                ArgoObject.Application application => ApplicationDrift.Of(application, release, current.State, now, notes),
                _ => [],
            };
            foreach (var command in commands)
            {
                if ((await desk.SubmitAsync(http, command, key: null)).Succeeded(out var carriedOut, out problem))
                {
                    (receipt, moves) = (carriedOut.Receipt, moves + 1);
                    notes.Add($"{found.Name}: {string.Join(", ", carriedOut.Appended.Events.Select(recorded => recorded.Type))} recorded");
                }
                else if (problem.Status >= StatusCodes.Status500InternalServerError || problem.Code == "role_not_allowed")
                {
                    return problem.After(Kept());
                }
                else
                {
                    notes.Add($"{found.Name}: {problem.Message}");
                }
            }

            if (found is ArgoObject.Application watched)
            {
                var (_, unavailable) = await watch.RecordAsync(
                    http, release, WatchDesk.ShaMatches, ApplicationDrift.Matches(watched, current.State) is { } matches ? matches ? 1 : 0 : null, "the revision that runs, held against the release's commit",
                    ArgoSamples.SourceOf("argocd", watched));
                if (unavailable is not null) return unavailable.After(Kept());
            }

            if (found.Ignored.Count > 0) notes.Add($"{found.Name}: not known here: {string.Join(", ", found.Ignored)}");
        }

        if (file.OtherKinds.Count > 0) notes.Add($"not looked at: {string.Join(", ", file.OtherKinds)}");
        var readBack = await CommandDesk.ReadBackAsync(async ValueTask<ReleaseView?> () => await store.Releases.FindAsync(release, http.RequestAborted));
        if (!readBack.Succeeded(out var after, out problem)) return problem;
        var deviations = (after.State.Deployment?.Deviations.Sum(deviation => deviation.Count) ?? 0) - before;
        return Answer.Ok(
            new IngestAnswer(release.ToString(), after.Standing().Verdict, measured.Recorded, measured.Repeated, measured.Triggered, deviations, leftOut, [.. notes.Select(note => FreeText.Redact(note))], receipt),
            ApiJson.Answers.IngestAnswer);

        string? Kept() => measured.Recorded + moves == 0 ? null : $"{measured.Recorded} measurements and {moves} moves of the rollout were recorded before; the same objects again record the rest";
    }
}

/// <summary>What came of a message of another system.</summary>
/// <param name="Release">The release.</param>
/// <param name="Verdict">How it stands now.</param>
/// <param name="Recorded">How many measurements are new.</param>
/// <param name="Repeated">How many were there already.</param>
/// <param name="Triggered">The rollback rules that fired.</param>
/// <param name="Deviations">How many deviations were recorded with it.</param>
/// <param name="LeftOut">How many measurements were not recorded because nothing says what they count in: state it, and send them again.</param>
/// <param name="Notes">What else there is to know, in sentences.</param>
/// <param name="Receipt">Where the last event of it stands in the log; absent where nothing is new.</param>
internal sealed record IngestAnswer(
    string Release, Verdict Verdict, int Recorded, int Repeated, IReadOnlyList<string> Triggered, int Deviations, int LeftOut, IReadOnlyList<string> Notes, ReceiptAnswer? Receipt);
