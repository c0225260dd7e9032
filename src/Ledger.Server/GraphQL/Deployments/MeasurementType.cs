using Ledger.Domain.Deployments;
using Ledger.Domain.Measurements;
using Ledger.Domain.Releases;
using Ledger.GraphQL.Types;
using Ledger.Server.GraphQL.Log;
using Ledger.Server.GraphQL.Paging;
using Ledger.Server.GraphQL.Requests;
using Ledger.Server.GraphQL.Values;
using Ledger.Store.Log;

namespace Ledger.Server.GraphQL.Deployments;

/// <summary>A measurement of a running release.</summary>
/// <param name="Deployment">The deployment.</param>
/// <param name="Stored">The measurement with its event.</param>
internal sealed record MeasurementAt(DeploymentAt Deployment, StoredMeasurement Stored)
{
    public Sample Sample => Stored.Sample;

    /// <summary>What it comes to, held against every analysis of its metric.</summary>
    public Outcome Outcome
    {
        get
        {
            var analyses = (Deployment.Terms?.Analyses ?? []).Where(analysis => analysis.Metric == Sample.Metric).ToList();
            if (Sample is not { Timing: null, Value: { } value } || analyses.Count == 0) return Outcome.NotEvaluated;
            return analyses.TrueForAll(analysis => analysis.Comparator.Holds(value, analysis.Threshold.Value)) ? Outcome.Passed : Outcome.Failed;
        }
    }
}

/// <summary>The type of such a measurement, and pages of them.</summary>
internal static class MeasurementType
{
    public static ObjectType<MeasurementAt> Type { get; } = new("Measurement") { Description = "What somebody measured of a running release, as it came in. Metric, time and source say which one it is." };

    private static readonly ObjectType<Connection<MeasurementAt>> ConnectionOf = ConnectionType.Of("Measurement", Type, "measurements");

    public static void Define()
    {
        Type.Field("metric", Scalars.String.NonNull(), measurement => measurement.Sample.Metric).Describe("The metric.");
        Type.Field("at", LedgerScalars.DateTime.NonNull(), measurement => measurement.Sample.At).Describe("When it was taken, by its source's clock.");
        Type.Field("source", Scalars.String.NonNull(), measurement => measurement.Sample.Source).Describe("Who took it.");
        Type.Field("value", Scalars.Float, measurement => measurement.Sample.Value).Describe("What was measured; null where the source tried and could not tell.");
        Type.Field("unit", Enums.Unit.NonNull(), measurement => measurement.Sample.Unit).Describe("In what it is measured.");
        Type.Field("because", Scalars.String, measurement => measurement.Sample.Because).Describe("Why there is no value, in the source's words.");
        Type.Field("sourceId", Scalars.String, measurement => measurement.Sample.Id).Describe("What the source calls it.");
        Type.Field("timing", DeploymentEnums.Timing, measurement => measurement.Sample.Timing).Describe("Why it does not count; null where it does.");
        Type.Field("outcome", Enums.Outcome.NonNull(), measurement => measurement.Outcome)
            .Describe("What it comes to, held against every analysis of its metric. NOT_EVALUATED where it has no value, does not count, or no analysis asks for it.");
        Type.Field("event", EventType.Type.NonNull(), measurement => measurement.Stored.Event).Describe("The event that brought it, with others.");
    }

    /// <summary>The measurements of a deployment, every one there ever was.</summary>
    public static FieldDefinition DefineOn(ObjectType<DeploymentAt> type) => PageArguments.Define(type.AsyncField("measurements", ConnectionOf.NonNull(), (source, context) =>
            PageAsync(context, source, context.Arguments.Get<string>("metric"), null, null)))
        .Argument("metric", Scalars.String, description: "Only of this metric.")
        .Argument("period", PeriodInput.Type, description: "Only what was taken in it, by the source's clock.")
        .Argument("orderBy", Enums.Direction.NonNull(), "ASC", "In the order in which they came in, or against it.")
        .Describe($"Every measurement there ever was, of earlier attempts too. A page costs the same wherever it is. Where the filter leaves some out, {MeasurementReads.LookedAtMax} events are looked at for it and no more.").Cost(5);

    /// <summary>The measurements of an analysis in its step.</summary>
    public static FieldDefinition DefineOn(ObjectType<AnalysisAt> type) => PageArguments.Define(type.AsyncField("measurements", ConnectionOf.NonNull(), (source, context) =>
            source.Step.Taken is { } step
                ? PageAsync(context, source.Deployment, source.Standing.Terms.Metric, step.Started.At, step.Completed?.At)
                : new ValueTask<Connection<MeasurementAt>?>(Connection<MeasurementAt>.Of([], PageArguments.Of(context.Arguments), null, _ => "", _ => default))))
        .Argument("period", PeriodInput.Type, description: "Only what was taken in it, by the source's clock.")
        .Argument("orderBy", Enums.Direction.NonNull(), "ASC", "In the order in which they came in, or against it.")
        .Describe("The measurements of its metric that were taken in the step, by the source's clock; those that do not count too.").Cost(5);

    private static async ValueTask<Connection<MeasurementAt>?> PageAsync(ResolverContext context, DeploymentAt deployment, string? metric, DateTimeOffset? from, DateTimeOffset? to)
    {
        var page = PageArguments.Of(context.Arguments);
        var question = Question.Of($"measurements {deployment.Release.Id} {metric} {from:O}", context.Arguments);
        var (start, end) = (Place(question, page.Start), Place(question, page.End));
        var (given, until) = PeriodInput.Of(context.Arguments.Get<InputValues>("period"));
        var filter = new MeasurementFilter(deployment.Release.Id, deployment.Release.Key.AsOf, metric, given > from || from is null ? given : from, until < to || to is null ? until : to);
        if (page.Count == 0) return Connection<MeasurementAt>.Of([], page, null, _ => "", CountAsync);
        var descending = context.Arguments.Get<Direction>("orderBy") == Direction.Descending != page.Backwards;
        var asking = context.Asking();
        var found = await asking.Sources.Desk.ReadAsync(() => asking.Store.Measurements.PageAsync(filter, start, end, descending, page.Count, context.CancellationToken));
        return Connection<MeasurementAt>.Of(
            found.Measurements.Select(stored => new MeasurementAt(deployment, stored)), page, found.Next is { } next ? Write(question, next) : null,
            measurement => Write(question, measurement.Stored.Place), CountAsync);

        async ValueTask<long> CountAsync(CancellationToken cancellation) =>
            await context.Asking().Sources.Desk.ReadAsync(() => context.Asking().Store.Measurements.CountAsync(filter, cancellation));
    }

    // Places in an event are counted from 1 here, so that one before the first is none below zero.
    private static string Write(string question, MeasurementPlace place) => Cursor.Write(question, $"{place.Version}", $"{place.Index + 1}");

    private static MeasurementPlace? Place(string question, string? cursor) =>
        cursor is null ? null : Cursor.Read(question, cursor, 2) is var parts ? new MeasurementPlace(Cursor.Number(parts[0]), Cursor.Number(parts[1]) - 1) : null;
}
