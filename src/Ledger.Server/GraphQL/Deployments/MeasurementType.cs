using Ledger.Domain.Deployments;
using Ledger.Domain.Measurements;
using Ledger.Domain.Releases;
using Ledger.GraphQL.Types;
using Ledger.Server.GraphQL.Log;
using Ledger.Server.GraphQL.Paging;
using Ledger.Server.GraphQL.Requests;
using Ledger.Server.GraphQL.Values;
using Ledger.Store.Log;
using Ledger.Store.Releases;

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
    public static FieldDefinition DefineOn(ObjectType<DeploymentAt> type) => PageArguments.Define(type.Field("measurements", ConnectionOf.NonNull(), new PagesOf(
            (source, context) => new ListOf((DeploymentAt)source, context.Arguments.Get<string>("metric"), null, null))))
        .Argument("metric", Scalars.String, description: "Only of this metric.")
        .Argument("period", PeriodInput.Type, description: "Only what was taken in it, by the source's clock.")
        .Argument("orderBy", Enums.Direction.NonNull(), "ASC", "In the order in which they came in, or against it.")
        .Describe($"Every measurement there ever was, of earlier attempts too. A page costs the same wherever it is. Where the filter leaves some out, {MeasurementReads.LookedAtMax} events are looked at for it and no more.").Cost(5);

    /// <summary>The measurements of an analysis in its step.</summary>
    public static FieldDefinition DefineOn(ObjectType<AnalysisAt> type) => PageArguments.Define(type.Field("measurements", ConnectionOf.NonNull(), new PagesOf(
            (source, _) => source is AnalysisAt { Step.Taken: { } step } analysis ? new ListOf(analysis.Deployment, analysis.Standing.Terms.Metric, step.Started.At, step.Completed?.At) : null)))
        .Argument("period", PeriodInput.Type, description: "Only what was taken in it, by the source's clock.")
        .Argument("orderBy", Enums.Direction.NonNull(), "ASC", "In the order in which they came in, or against it.")
        .Describe("The measurements of its metric that were taken in the step, by the source's clock; those that do not count too.").Cost(5);

    /// <summary>A list of measurements.</summary>
    /// <param name="Deployment">Of this deployment.</param>
    /// <param name="Metric">Of this metric; null for all.</param>
    /// <param name="From">Taken then or later.</param>
    /// <param name="To">Taken before.</param>
    private sealed record ListOf(DeploymentAt Deployment, string? Metric, DateTimeOffset? From, DateTimeOffset? To)
    {
        public string QuestionOf(ResolverContext context) => Question.Of($"measurements {Deployment.Release.Id} {Metric} {From:O}", context.Arguments);

        public MeasurementFilter FilterOf(DateTimeOffset? since, DateTimeOffset? until) =>
            new(Deployment.Release.Id, Metric, since > From || From is null ? since : From, until < To || To is null ? until : To);
    }

    /// <summary>Pages of the lists of all deployments, or analyses, of an answer: one statement for all, and one more where they are counted.</summary>
    private sealed class PagesOf(Func<object, ResolverContext, ListOf?> list) : BatchResolver
    {
        public override async ValueTask<IReadOnlyList<object?>> ResolveAsync(IReadOnlyList<object?> sources, ResolverContext context)
        {
            var page = PageArguments.Of(context.Arguments);
            var (since, until) = PeriodInput.Of(context.Arguments.Get<InputValues>("period"));
            var pages = new object?[sources.Count];
            var wanted = new List<Wanted>();
            for (var row = 0; row < pages.Length; row++)
            {
                if (list(sources[row]!, context) is not { } one)
                {
                    pages[row] = Connection<MeasurementAt>.Of([], page, null, _ => "", _ => default);
                    continue;
                }

                try
                {
                    var question = one.QuestionOf(context);
                    wanted.Add(new Wanted(row, one.Deployment, question, new MeasurementSlice(one.FilterOf(since, until), Place(question, page.Start), Place(question, page.End))));
                }
                catch (FieldException unfit)
                {
                    // A cursor is a place in one list and in no other.
                    pages[row] = unfit;
                }
            }

            foreach (var moment in wanted.GroupBy(one => one.Deployment.Release.Key.AsOf)) await ReadAsync([.. moment], moment.Key, page, context, pages);
            return pages;
        }

        private static async Task ReadAsync(IReadOnlyList<Wanted> wanted, AsOf? asOf, PageArguments page, ResolverContext context, object?[] pages)
        {
            var asking = context.Asking();
            var slices = wanted.Select(one => one.Slice).ToList();
            var counts = new Lazy<Task<IReadOnlyList<long>>>(() => asking.Sources.Desk.ReadAsync(() =>
                asking.Store.Measurements.CountsAsync([.. slices.Select(slice => slice.Filter)], asOf, context.CancellationToken)));
            var descending = context.Arguments.Get<Direction>("orderBy") == Direction.Descending != page.Backwards;
            IReadOnlyList<MeasurementPage> found = page.Count == 0
                ? [.. slices.Select(_ => new MeasurementPage([], null))]
                : await asking.Sources.Desk.ReadAsync(() => asking.Store.Measurements.PagesAsync(slices, asOf, descending, page.Count, context.CancellationToken));
            for (var i = 0; i < wanted.Count; i++)
            {
                var (at, one) = (i, wanted[i]);
                pages[one.Row] = Connection<MeasurementAt>.Of(
                    found[i].Measurements.Select(stored => new MeasurementAt(one.Deployment, stored)), page, found[i].Next is { } next ? Write(one.Question, next) : null,
                    measurement => Write(one.Question, measurement.Stored.Place), async _ => (await counts.Value)[at]);
            }
        }

        private sealed record Wanted(int Row, DeploymentAt Deployment, string Question, MeasurementSlice Slice);
    }

    // Places in an event are counted from 1 here, so that one before the first is none below zero.
    private static string Write(string question, MeasurementPlace place) => Cursor.Write(question, $"{place.Version}", $"{place.Index + 1}");

    private static MeasurementPlace? Place(string question, string? cursor) =>
        cursor is null ? null : Cursor.Read(question, cursor, 2) is var parts ? new MeasurementPlace(Cursor.Number(parts[0]), Cursor.Number(parts[1]) - 1) : null;
}
