using Ledger.Domain;
using Ledger.Domain.Deployments;
using Ledger.Domain.ExternalEvents;
using Ledger.Domain.Measurements;
using Ledger.Domain.Releases;
using Ledger.Integrity;
using Ledger.Intake;
using Ledger.Intake.Alerts;
using Ledger.Server.Argo;
using Ledger.Server.Auth;
using Ledger.Server.Deployments;
using Ledger.Server.Http;
using Ledger.Server.Releases;
using Ledger.Server.Telemetry;
using Ledger.Server.Watches;
using Ledger.Store;
using Ledger.Store.Append;
using Ledger.Store.Releases;

namespace Ledger.Server.Alerts;

/// <summary>Takes what Alertmanager posts to a webhook about a release.</summary>
internal static class ReceiveAlerts
{
    private const string Source = "alertmanager";
    private const string Critical = "critical";

    // An alert can say itself which metric of the policy it counts for.
    private const string MetricLabel = "ledger_metric";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/releases/{service}/{version}/alerts", HandleAsync)
        .Describe(
            Access.AnyRole, "receiveAlerts", "Receive alerts",
            "What Alertmanager's webhook_config sends, version 4, at most 4 MiB. Each message is kept as evidence, once. A firing critical alert fails the check of the watch whose metric is alerts.critical; an alert "
            + "whose name, or whose label ledger_metric, is a metric of the policy's analyses or rollback rules counts 1 where it fires. A resolved alert turns nothing green. Roles: ci, release-manager, admin.")
        .Accepts<byte[]>("application/json")
        .AppendsByContent<IngestAnswer>(StatusCodes.Status200OK);

    private static async Task<IResult> HandleAsync(string service, string version, HttpContext http, CommandDesk desk, SampleDesk measuring, WatchDesk watch, LedgerStore store)
    {
        var scope = ReleaseScope.ForWriting(http, service, version);
        if (!scope.Succeeded(out var release, out var problem)) return problem;
        var received = await RequestBody.ReadAsync(http, AlertLimits.MaxBytes, RefusalCodes.TooLarge, gzip: true);
        if (!received.Succeeded(out var body, out problem)) return problem;
        var read = AlertmanagerReader.Read(body);
        if (read is IntakeResult<AlertMessage>.Refused refused) return Problems.Of(refused);
        var message = ((IntakeResult<AlertMessage>.Read)read).Value;
        RequestMetrics.Redacted(Source, message.Redactions);

        var kept = await KeepAsync(http, desk, release, message);
        if (!kept.Succeeded(out var submitted, out problem)) return problem;
        if (await store.Releases.FindAsync(release, http.RequestAborted) is not { } view) return Problems.ReleaseUnknown(service, version);

        var notes = new List<string>();
        if (message.Truncated > 0) notes.Add($"Alertmanager left {message.Truncated} alerts out of its message");
        if (message.Ignored.Count > 0) notes.Add($"not known here: {string.Join(", ", message.Ignored)}");
        var samples = Samples(message, view, notes);
        var measured = new SamplesRecorded(0, 0, [], null);
        if (samples.Count > 0 && !(await measuring.RecordAsync(http, release, samples)).Succeeded(out measured, out problem)) return problem;

        if (measured.UncountedNote is { } note) notes.Add(note);

        var critical = message.Alerts.Where(alert => alert is { IsFiring: true, Severity: Critical }).Select(alert => alert.Name).Distinct().ToList();
        if (critical.Count > 0)
        {
            var (checks, unavailable) = await watch.FailAsync(http, release, WatchDesk.CriticalAlerts, critical.Count, Shortened($"firing: {string.Join(", ", critical)}"), Source);
            if (unavailable is not null) return unavailable;
            if (checks.Count > 0) notes.Add($"failed: {string.Join(", ", checks)}");
        }

        var readBack = await CommandDesk.ReadBackAsync(async ValueTask<ReleaseView?> () => await store.Releases.FindAsync(release, http.RequestAborted));
        if (!readBack.Succeeded(out var after, out problem)) return problem;
        return Answer.Ok(
            new IngestAnswer(release.ToString(), after.Standing().Verdict, measured.Recorded, measured.Repeated, measured.Triggered, 0, 0, [.. notes.Select(note => FreeText.Redact(note))], measured.Receipt ?? submitted.Receipt),
            ApiJson.Answers.IngestAnswer);
    }

    // Alertmanager sends a message again until it is answered, and later while an alert still fires: the same words are one event.
    private static ValueTask<Attempt<Submitted>> KeepAsync(HttpContext http, CommandDesk desk, ReleaseId release, AlertMessage message)
    {
        var digest = Hash.Sha256(message.Bytes.Span);
        var at = message.Alerts.Count == 0 ? (DateTimeOffset?)null : message.Alerts.Max(alert => alert.EndsAt ?? alert.StartsAt);
        var told = new ExternalEvent.Kept(
            Source, digest.ToString(), "alertmanager.webhook.v4", new Evidence(Digest.Of(digest.Bytes), message.Bytes.Length, message.MediaType), message.Redactions, at, Summary(message));
        return desk.SubmitAsync(
            http, new ExternalEventCommand.Keep(release, told), IdempotencyKey.Of($"alerts/{release.Service}", $"{release}/{digest}", digest.Bytes), new EvidenceBytes(digest, message.MediaType, message.Bytes));
    }

    private static string? Summary(AlertMessage message) => message.Alerts.Count == 0
        ? null
        : Shortened(string.Join("; ", message.Alerts.Select(alert => $"{alert.Name} {(alert.IsFiring ? "fires" : "is resolved")}{(alert.Severity is { } severity ? $" ({severity})" : "")}")));

    // Alerts of one rule begin at one moment: each is a source of its own, else the second would pass for the first one repeated.
    private static List<Sample> Samples(AlertMessage message, ReleaseView view, List<string> notes)
    {
        var samples = new List<Sample>();
        if (view.State.Deployment is not { Terms: { } terms }) return samples;
        foreach (var alert in message.Alerts.Where(alert => alert.IsFiring))
        {
            var metric = alert.Labels.GetValueOrDefault(MetricLabel) ?? alert.Name;
            var analysis = terms.Analyses.FirstOrDefault(planned => planned.Metric == metric);
            var rule = terms.Rules.FirstOrDefault(planned => planned.Metric == metric);
            if (analysis is null && rule is null) continue;
            if ((analysis?.Threshold.Unit ?? rule?.Threshold?.Unit ?? Unit.Count) == Unit.Count) samples.Add(new Sample(metric, alert.StartsAt, $"{Source}/{alert.Fingerprint}", Unit.Count, 1, alert.Fingerprint));
            else notes.Add($"'{alert.Name}' fires, and the policy holds '{metric}' against more than a count");
        }

        return samples;
    }

    private static string Shortened(string text) => text.Length <= 500 ? text : text[..500];
}
