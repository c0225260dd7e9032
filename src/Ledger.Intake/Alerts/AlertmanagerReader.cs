using System.Globalization;
using System.Text;
using System.Security.Cryptography;
using Ledger.Intake.Argo;
using Ledger.Intake.Documents;
using Ledger.Intake.Readers;

namespace Ledger.Intake.Alerts;

/// <summary>Reads what Alertmanager posts to a webhook (https://prometheus.io/docs/alerting, "webhook_config"), version 4. Thread-safe.</summary>
public static class AlertmanagerReader
{
    private const string Version = "4";

    /// <summary>Reads <paramref name="bytes"/>.</summary>
    public static IntakeResult<AlertMessage> Read(ReadOnlyMemory<byte> bytes)
    {
        if (RedactedDocument.TryOpen(bytes, AlertLimits.MaxBytes, out var document) is { } refusal) return Refused(refusal);
        using (document)
        {
            var findings = new Findings("Alertmanager");
            var root = new Node(document!.Root, findings);
            if (!root.IsObject || !root.Has("alerts")) return Refused(new Refusal(RefusalCodes.DocumentUnrecognised, "the document is no message of Alertmanager's: it has no 'alerts'"));
            if (root.Text("version") is { } version && version != Version) return Refused(new Refusal(RefusalCodes.DocumentUnsupported, $"the message is of another version than {Version}"));
            if (root.ArrayLength("alerts") > AlertLimits.MaxAlerts) return Refused(new Refusal(RefusalCodes.TooLarge, $"the message holds more than {AlertLimits.MaxAlerts} alerts"));

            var ignored = new IgnoredFields();
            ignored.Note("$", root, "version", "groupKey", "truncatedAlerts", "status", "receiver", "groupLabels", "commonLabels", "commonAnnotations", "externalURL", "alerts");
            var alerts = root.Objects("alerts").Select(alert => Read(alert, ignored)).ToList();
            if (findings.Refusal is { } wrong) return Refused(wrong);
            return new IntakeResult<AlertMessage>.Read(new AlertMessage(
                root.Text("receiver"), alerts, root.Count("truncatedAlerts") ?? 0, ignored.Names, document.Redactions, document.Bytes, document.MediaType));
        }
    }

    private static Alert Read(Node alert, IgnoredFields ignored)
    {
        ignored.Note("alerts", alert, "status", "labels", "annotations", "startsAt", "endsAt", "generatorURL", "fingerprint");
        var labels = Labels.Read(alert.Object("labels"));
        var annotations = Labels.Read(alert.Object("annotations"));
        if (!labels.TryGetValue("alertname", out var name)) alert.Findings.WrongShape("labels.alertname", "there");
        if (alert.Text("status") is not ("firing" or "resolved")) alert.Findings.WrongShape("status", "firing or resolved");
        var startsAt = AnalysisRunReader.Time(alert, "startsAt");
        if (startsAt is null) alert.Findings.WrongShape("startsAt", "a time");
        var endsAt = AnalysisRunReader.Time(alert, "endsAt");
        return new Alert(
            name ?? string.Empty,
            alert.Text("status") == "firing",
            labels.GetValueOrDefault("severity")?.ToLowerInvariant(),
            annotations.GetValueOrDefault("summary") ?? annotations.GetValueOrDefault("description"),
            startsAt ?? default,
            endsAt is { Year: > 1 } ? endsAt : null, // Go's zero time: it has not ended
            alert.Text("fingerprint") is { Length: > 0 and <= 64 } fingerprint ? fingerprint : Fingerprint(labels),
            labels);
    }

    // For senders that leave it out; any text that follows from the labels alone does.
    private static string Fingerprint(IReadOnlyDictionary<string, string> labels)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in labels.OrderBy(label => label.Key, StringComparer.Ordinal)) text.Append(CultureInfo.InvariantCulture, $"{name.Length}:{name}{value.Length}:{value}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 8));
    }

    private static IntakeResult<AlertMessage>.Refused Refused(Refusal refusal) => new(refusal.Code, refusal.Message, "send what Alertmanager's webhook_config sends, version 4");
}
