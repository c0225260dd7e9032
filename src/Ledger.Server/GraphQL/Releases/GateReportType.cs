using Ledger.Domain.Measurements;
using Ledger.Domain.Releases;
using Ledger.GraphQL.Types;
using Ledger.Server.GraphQL.Ids;
using Ledger.Server.GraphQL.Log;
using Ledger.Server.GraphQL.Requests;
using Ledger.Server.GraphQL.Values;
using Ledger.Store.Log;

namespace Ledger.Server.GraphQL.Releases;

/// <summary>A report of a tool under a gate.</summary>
/// <param name="Stored">Its event.</param>
/// <param name="Reported">What the event says.</param>
/// <param name="Release">The release at the moment that it is looked at.</param>
internal sealed record GateReportAt(StoredEvent Stored, ReleaseEvent.GateReported Reported, ReleaseKey Release)
{
    public static GateReportAt Of(StoredEvent stored, ReleaseKey release) => new(stored, stored.Recorded<ReleaseEvent.GateReported>().Event, release);
}

/// <summary>The type of such a report.</summary>
internal static class GateReportType
{
    public const string Event = "gate_reported";

    public static ObjectType<GateReportAt> Type { get; } = new("GateReport")
    {
        Description = "A tool's report that came in under a gate, was measured, and was held against the gate's criteria. It stays, whatever comes after it.",
    };

    public static ObjectType<Supersedes> SupersedesType { get; } = new("Supersedes") { Description = "What a newer report or word stands in place of." };

    private static readonly ObjectType<Evidence> EvidenceType = new("Evidence") { Description = "The stored bytes that an event rests on, under their digest." };

    private static readonly ObjectType<Measurement> MeasurementType = new("ReportMeasurement") { Description = "What a report says of a metric.", CostWeight = 0.2 };

    private static readonly ObjectType<CriterionResult> ResultType = new("CriterionResult") { Description = "A criterion held against a report." };

    private static readonly ObjectType<ConditionResult> ConditionType = new("ConditionResult") { Description = "A NO-GO condition held against a report." };

    public static void Define()
    {
        DefineParts();
        NodeType.Implement(Type, report => GlobalId.Of(NodeKind.GateReport, report.Stored.Sequence));
        Type.Field("gate", Scalars.String.NonNull(), report => report.Reported.Gate).Describe("The gate's name.");
        Type.Field("tool", Named.Tool.NonNull(), report => report.Reported.Tool).Describe("The tool, recognised from the report.");
        Type.Field("outcome", Enums.Outcome.NonNull(), report => report.Reported.Outcome).Describe("What it came to, over the gate's criteria for the tool.");
        Type.Field("notEvaluatedBecause", Scalars.String, report => report.Reported.NotEvaluatedBecause).Describe("Why it proves nothing, if it does not.");
        Type.Field("evidence", EvidenceType.NonNull(), report => report.Reported.Evidence).Describe("The report itself.");
        Type.Field("measurements", MeasurementType.NonNull().List().NonNull(), report => report.Reported.Measurements)
            .Describe("Everything that was measured in it.").Sized(new ListSize(50, [], [], false));
        Type.Field("results", ResultType.NonNull().List().NonNull(), report => report.Reported.Results)
            .Describe("The gate's criteria for the tool, held against it.").Sized(new ListSize(5, [], [], false));
        Type.Field("conditions", ConditionType.NonNull().List().NonNull(), report => report.Reported.Conditions)
            .Describe("The measurable NO-GO conditions for the tool, held against it.").Sized(new ListSize(3, [], [], false));
        Type.Field("redactions", Scalars.Int.NonNull(), report => report.Reported.Redactions)
            .Describe("How many secrets and personal data were taken out of it before it was stored.");
        Type.Field("supersedes", SupersedesType, report => report.Reported.Supersedes).Describe("The report that it stands in place of, and why.");
        Type.BatchField("isCurrent", Scalars.Boolean.NonNull(), report => report, async (reports, context) =>
            {
                var releases = await context.Loaders().Releases.LoadAsync(reports.Select(report => report.Release));
                return (IReadOnlyDictionary<GateReportAt, bool>)reports.ToDictionary(report => report, report =>
                    releases.TryGetValue(report.Release, out var release)
                    && release.State.Gate(report.Reported.Gate).Reports.GetValueOrDefault(report.Reported.Tool)?.Event.Sequence == report.Stored.Sequence);
            })
            .Describe("Whether it is the newest of its tool under its gate; else it was superseded.");
        Type.Field("event", EventType.Type.NonNull(), report => report.Stored).Describe("The event that brought it.");
    }

    private static void DefineParts()
    {
        SupersedesType.Field("version", LedgerScalars.Long.NonNull(), supersedes => supersedes.Version)
            .Describe("The place in the release's stream of the event that stood before.");
        SupersedesType.Field("reason", Scalars.String, supersedes => supersedes.Reason).Describe("Why the new one counts; always there where red turned into something else.");

        EvidenceType.Field("digest", LedgerScalars.Digest.NonNull(), evidence => evidence.Digest).Describe("SHA-256 of the bytes as they are stored, that is after redaction.");
        EvidenceType.Field("size", LedgerScalars.Long.NonNull(), evidence => evidence.Size).Describe("How many bytes.");
        EvidenceType.Field("mediaType", Scalars.String.NonNull(), evidence => evidence.MediaType).Describe("What they are.");

        MeasurementType.Field("name", Scalars.String.NonNull(), measurement => measurement.Name).Describe("The metric.");
        MeasurementType.Field("value", Scalars.Float.NonNull(), measurement => measurement.Value).Describe("Its value.");
        MeasurementType.Field("unit", Enums.Unit.NonNull(), measurement => measurement.Unit).Describe("In what it is measured.");

        ResultType.Field("metric", Scalars.String.NonNull(), result => result.Metric).Describe("The metric.");
        ResultType.Field("comparator", Enums.Comparator.NonNull(), result => result.Comparator).Describe("How it was compared.");
        ResultType.Field("threshold", Scalars.String.NonNull(), result => result.Threshold.Text).Describe("With what, as the policy writes it.");
        ResultType.Field("value", Scalars.Float, result => result.Value).Describe("What the report says, in the metric's unit; null where it does not say.");
        ResultType.Field("outcome", Enums.Outcome.NonNull(), result => result.Outcome).Describe("Whether it holds.");

        ConditionType.Field("condition", Scalars.String.NonNull(), condition => condition.Condition).Describe("The condition's name in the policy.");
        ConditionType.Field("result", ResultType.NonNull(), condition => condition.Result).Describe("PASSED: it is absent. FAILED: it is present.");
    }
}
