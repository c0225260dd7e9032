using Ledger.Domain;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Integrity;
using Ledger.Intake;
using Ledger.Server.Auth;
using Ledger.Server.Http;
using Ledger.Server.Telemetry;
using Ledger.Store;
using Ledger.Store.Append;
using Ledger.Store.Releases;

namespace Ledger.Server.Releases;

/// <summary>Takes a tool's report. What it comes to is read from its bytes; the reporter's opinion is never asked.</summary>
internal static class ReportGate
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/releases/{service}/{version}/gates/{gate}/reports", HandleAsync)
        .Describe(
            Access.AnyRole, "reportGate", "Report a gate",
            "The body is the tool's report as it was written, at most 16 MiB, gzip allowed. It is redacted, stored by its digest, and held against the gate's criteria. "
            + "Red turns green only with a reason in 'supersede'. Roles: ci, release-manager, admin.")
        .Accepts<byte[]>("*/*")
        .Appends<ReportAnswer>();

    private static async Task<IResult> HandleAsync(
        string service, string version, string gate, string? tool, string? supersede, HttpContext http, CommandDesk desk, LedgerStore store)
    {
        var scope = ReleaseScope.ForWriting(http, service, version);
        if (!scope.Succeeded(out var release, out var problem)) return problem;
        var received = await RequestBody.ReadAsync(http, ReportLimits.MaxBytes, RefusalCodes.TooLarge, gzip: true);
        if (!received.Succeeded(out var body, out problem)) return problem;
        var read = ReportReader.Read(body, tool);
        if (read is ReadResult.Refused refused) return Problems.Of(refused);

        var reading = ((ReadResult.Read)read).Reading;
        RequestMetrics.Redacted(reading.Tool, reading.Redactions);
        var digest = Hash.Sha256(reading.RedactedReport.Span);
        var report = new ReportContent(
            reading.Tool, reading.NotEvaluatedBecause, reading.Measurements, reading.Subjects.Commits, reading.Subjects.Digests, reading.Redactions,
            new Evidence(Digest.Of(digest.Bytes), reading.RedactedReport.Length, reading.MediaType));
        var submitted = await desk.SubmitAsync(
            http, body, new ReleaseCommand.ReportGate(release, gate, report, FreeText.Redact(supersede)), new EvidenceBytes(digest, reading.MediaType, reading.RedactedReport));
        if (!submitted.Succeeded(out var carriedOut, out problem)) return problem;

        var after = await ReleaseAfter.FindAsync(store, release, carriedOut.Appended, http.RequestAborted);
        if (!after.Succeeded(out var view, out problem)) return problem;
        var readBack = await CommandDesk.ReadBackAsync(() => AnswerAsync(store, view, gate, report, carriedOut.Receipt, http.RequestAborted));
        return readBack.Succeeded(out var answer, out problem) ? Answer.Created(answer, ApiJson.Answers.ReportAnswer) : problem;
    }

    private static async ValueTask<ReportAnswer?> AnswerAsync(
        LedgerStore store, ReleaseView view, string gate, ReportContent report, ReceiptAnswer receipt, CancellationToken cancellation)
    {
        var (outcome, results) = await CameToAsync(store, view, gate, report.Tool, receipt.Sequence, cancellation);
        var standing = view.Standing();
        return new ReportAnswer(
            gate, report.Tool, outcome, report.NotEvaluatedBecause, results, report.Measurements.Count, report.Redactions, report.Evidence,
            GateOutcomeNames.Of(standing, gate), standing.Verdict, receipt);
    }

    // The state has what the newest report came to. When another one came in since, the event itself tells.
    private static async ValueTask<(Outcome Outcome, IReadOnlyList<CriterionResult> Results)> CameToAsync(
        LedgerStore store, ReleaseView view, string gate, string tool, long sequence, CancellationToken cancellation)
    {
        if (view.State.Gate(gate).Reports.TryGetValue(tool, out var newest) && newest.Event.Sequence == sequence)
        {
            var criteria = view.Policy.Policy.FindGate(gate)!.CriteriaOf(tool);
            return (newest.Outcome, [.. criteria.Zip(newest.Readings, (criterion, measured) =>
                new CriterionResult(criterion.Metric, criterion.Comparator, criterion.Threshold, measured.Outcome, measured.Value))]);
        }

        var stored = await store.Events.FindAsync(sequence, cancellation) ?? throw new InvalidDataException($"event {sequence} was appended and is not there");
        var reported = stored.Recorded<ReleaseEvent.GateReported>().Event;
        return (reported.Outcome, reported.Results);
    }
}
