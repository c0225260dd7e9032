using System.Globalization;
using System.Text.Json;
using Ledger.Intake.Documents;
using Ledger.Intake.Readers;

namespace Ledger.Intake.Alerts;

/// <summary>
/// Reads what the HTTP API of Prometheus answers to an instant or a range query (https://prometheus.io/docs/prometheus/latest/querying/api,
/// "Expression query result formats"). Thread-safe.
/// </summary>
public static class PrometheusReader
{
    /// <summary>Reads <paramref name="bytes"/>.</summary>
    public static IntakeResult<PrometheusResult> Read(ReadOnlyMemory<byte> bytes)
    {
        if (RedactedDocument.TryOpen(bytes, AlertLimits.MaxBytes, out var document) is { } refusal) return Refused(refusal);
        using (document)
        {
            var findings = new Findings("Prometheus");
            var root = new Node(document!.Root, findings);
            if (root.Text("status") is not ("success" or "error")) return Refused(new Refusal(RefusalCodes.DocumentUnrecognised, "the document is no answer of Prometheus': its 'status' is neither success nor error"));
            if (root.Text("status") == "error") return Refused(new Refusal(RefusalCodes.DocumentUnrecognised, "Prometheus answered with an error, so nothing was measured"));

            var ignored = new IgnoredFields();
            ignored.Note("$", root, "status", "data", "warnings", "infos");
            var data = root.Object("data");
            ignored.Note("data", data, "resultType", "result", "stats");
            var series = Series(data, ignored);
            if (findings.Refusal is { } wrong) return Refused(wrong);
            return new IntakeResult<PrometheusResult>.Read(new PrometheusResult(
                series, [.. root.Array("warnings").Where(item => item.Element.ValueKind == JsonValueKind.String).Select(item => item.Element.GetString()!)], ignored.Names));
        }
    }

    private static List<PrometheusSeries> Series(Node data, IgnoredFields ignored)
    {
        var samples = 0;
        switch (data.Text("resultType"))
        {
            case "scalar":
                return Sample(data["result"]) is { } scalar ? [new PrometheusSeries(new Dictionary<string, string>(), [scalar])] : [];
            case "vector":
                return [.. data.Objects("result").Select(item => One(item, item.Has("value") ? [item["value"]] : []))];
            case "matrix":
                return [.. data.Objects("result").Select(item => One(item, item.Array("values")))];
            default:
                data.Findings.WrongShape("data.resultType", "vector, matrix or scalar");
                return [];
        }

        PrometheusSeries One(Node item, IEnumerable<Node> values)
        {
            ignored.Note("data.result", item, "metric", "value", "values");
            var read = new List<PrometheusSample>();
            foreach (var value in values)
            {
                if (++samples > AlertLimits.MaxSamples) data.Findings.Refuse(RefusalCodes.TooLarge, $"the result holds more than {AlertLimits.MaxSamples} samples");
                if (data.Findings.Refusal is not null || Sample(value) is not { } sample) break;
                read.Add(sample);
            }

            return new PrometheusSeries(Labels.Read(item.Object("metric")), read);
        }
    }

    // [seconds since 1970 as a number, value as a string]
    private static PrometheusSample? Sample(Node pair)
    {
        const double lastSecond = 253_402_300_799;
        if (pair.IsArray && pair.Element.GetArrayLength() == 2 && pair.Element[0].ValueKind == JsonValueKind.Number && pair.Element[1].ValueKind == JsonValueKind.String
            && pair.Element[0].TryGetDouble(out var seconds) && seconds is >= 0 and <= lastSecond
            && double.TryParse(pair.Element[1].GetString()!.Replace("Inf", "Infinity", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
        {
            return new PrometheusSample(DateTimeOffset.UnixEpoch.AddMicroseconds(Math.Round(seconds * 1e6)), double.IsFinite(value) ? value : null);
        }

        pair.Findings.WrongShape("data.result.value", "a time and a value");
        return null;
    }

    private static IntakeResult<PrometheusResult>.Refused Refused(Refusal refusal) => new(refusal.Code, refusal.Message, "send what /api/v1/query or /api/v1/query_range answers");
}
