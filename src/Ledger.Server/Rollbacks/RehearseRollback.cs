using System.Text.Json;
using Ledger.Domain;
using Ledger.Domain.Measurements;
using Ledger.Domain.Releases;
using Ledger.Domain.Rollbacks;
using Ledger.Integrity;
using Ledger.Integrity.Canonical;
using Ledger.Server.Auth;
using Ledger.Server.Deployments;
using Ledger.Server.Http;
using Ledger.Server.Releases;
using Ledger.Store;
using Ledger.Store.Append;

namespace Ledger.Server.Rollbacks;

/// <summary>Takes a rehearsal of the way back. Its measurements are stored as evidence, and count under the policy's rehearsal gate.</summary>
internal static class RehearseRollback
{
    private const string MediaType = "application/json";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/releases/{service}/{version}/rollback/rehearsals", HandleAsync)
        .Describe(
            Access.AnyRole, "rehearseRollback", "Record a rehearsed rollback",
            "What it shows counts under the policy's rehearsal gate: 'measurements' for its criteria, 'checks' for its checks, all of them where absent. Roles: ci, release-manager, admin.")
        .Accepts<RehearsalRequest>("application/json")
        .Appends<DeploymentAnswer>();

    private static async Task<IResult> HandleAsync(string service, string version, HttpContext http, CommandDesk desk, LedgerStore store)
    {
        var scope = ReleaseScope.ForWriting(http, service, version);
        if (!scope.Succeeded(out var release, out var problem)) return problem;
        var read = await JsonBody.ReadAsync(http, ApiJson.Default.RehearsalRequest);
        if (!read.Succeeded(out var body, out problem)) return problem;

        var request = body.Value;
        var (report, evidence) = request.Measurements is null ? (null, null) : Report(request.Measurements);
        var command = new RollbackCommand.Rehearse(
            release, TimeSpan.FromMilliseconds(request.DurationMs), FreeText.Redact(request.Note), request.Checks ?? [], report, FreeText.Redact(request.Evidence),
            FreeText.Redact(request.Supersede));
        var submitted = await desk.SubmitAsync(http, body.Bytes, command, evidence);
        if (!submitted.Succeeded(out var carriedOut, out problem)) return problem;
        var after = await ReleaseAfter.FindAsync(store, release, carriedOut.Appended, http.RequestAborted);
        return after.Succeeded(out var view, out problem) ? Answer.Created(DeploymentAnswer.Of(command, view, carriedOut.Receipt), ApiJson.Answers.DeploymentAnswer) : problem;
    }

    private static (ReportContent Report, EvidenceBytes Evidence) Report(IReadOnlyList<Measurement> measurements)
    {
        var bytes = CanonicalJson.Canonicalize(JsonSerializer.SerializeToUtf8Bytes(new RehearsalMeasurements(measurements), ApiJson.Default.RehearsalMeasurements));
        var digest = Hash.Sha256(bytes);
        return (
            new ReportContent(MetricCatalog.PlainDocument, null, measurements, [], [], 0, new Evidence(Digest.Of(digest.Bytes), bytes.Length, MediaType)),
            new EvidenceBytes(digest, MediaType, bytes));
    }
}

/// <summary>A rehearsal of the way back.</summary>
/// <param name="DurationMs">How long it took, in milliseconds.</param>
/// <param name="Note">What was done and seen.</param>
/// <param name="Checks">Which checks of the rehearsal gate it shows; all of them where absent.</param>
/// <param name="Measurements">What was measured, where the rehearsal gate asks for it.</param>
/// <param name="Evidence">A URI of what was seen.</param>
/// <param name="Supersede">Why it counts in place of a red one.</param>
internal sealed record RehearsalRequest(
    long DurationMs,
    string Note,
    IReadOnlyList<string>? Checks = null,
    IReadOnlyList<Measurement>? Measurements = null,
    string? Evidence = null,
    string? Supersede = null);

/// <summary>What was measured in a rehearsal, as it is kept.</summary>
internal sealed record RehearsalMeasurements(IReadOnlyList<Measurement> Measurements);
