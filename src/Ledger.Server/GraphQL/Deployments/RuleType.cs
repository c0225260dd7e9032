using Ledger.Domain.Deployments;
using Ledger.Domain.Rollbacks;
using Ledger.GraphQL.Types;
using Ledger.Server.GraphQL.Log;
using Ledger.Server.GraphQL.Requests;
using Ledger.Server.GraphQL.Values;
using Ledger.Store.Log;

namespace Ledger.Server.GraphQL.Deployments;

/// <summary>A rollback rule of a deployment.</summary>
internal sealed record RuleAt(DeploymentAt Deployment, RuleStanding Standing) : IDeploymentPart;

/// <summary>A rule that fired.</summary>
internal sealed record TriggerAt(DeploymentAt Deployment, TriggerState Trigger) : IDeploymentPart;

/// <summary>The types of rollback rules and of what they set off.</summary>
internal static class RuleType
{
    public static ObjectType<RuleAt> Type { get; } = new("RollbackRule") { Description = "What takes a release back, computed from the measurements in its stream and nobody's word." };

    public static ObjectType<TriggerAt> TriggerType { get; } = new("RollbackTrigger") { Description = "A rule fired: which one, over which span of time, and on which measurements." };

    private static readonly ObjectType<RuleWindow> WindowType = new("RuleWindow") { Description = "The span of time that a rule looked at, both ends included, by the measurements' own times." };

    public static void Define()
    {
        Type.Field("name", Scalars.String.NonNull(), rule => rule.Standing.Rule.Name).Describe("Its name in the policy.");
        Type.Field("kind", DeploymentEnums.RuleKind.NonNull(), rule => rule.Standing.Rule.Kind).Describe("What kind of rule it is.");
        Type.Field("text", Scalars.String.NonNull(), rule => rule.Standing.Rule.Text).Describe("The rule in words, such as `p95_latency > 600ms for 5min`.");
        Type.Field("metric", Scalars.String, rule => rule.Standing.Rule.Metric).Describe("The metric; null for failures in a row.");
        Type.Field("analysis", Scalars.String, rule => rule.Standing.Rule.Analysis).Describe("Of failures in a row: which analysis; null for any.");
        Type.Field("progress", DeploymentEnums.RuleProgress.NonNull(), rule => rule.Standing.Progress).Describe("How near it is to firing.");
        Type.Field("because", Scalars.String.NonNull(), rule => rule.Standing.Because).Describe("Why it stands so.");
        Type.Field("since", LedgerScalars.DateTime, rule => rule.Standing.Since).Describe("Since when its condition holds; null where it does not, or once it fired.");
        Type.Field("count", Scalars.Float, rule => rule.Standing.Count).Describe("How many measurements, or occurrences, it rests on so far; null as \"since\".");
        Type.Field("trigger", TriggerType, rule => rule.Standing.Trigger is { } trigger ? new TriggerAt(rule.Deployment, trigger) : null).Describe("Where it fired; null where it did not.");

        WindowType.Field("from", LedgerScalars.DateTime.NonNull(), window => window.From).Describe("Its beginning.");
        WindowType.Field("to", LedgerScalars.DateTime.NonNull(), window => window.To).Describe("Its end.");

        TriggerType.Field("rule", Scalars.String.NonNull(), trigger => trigger.Trigger.Rule).Describe("The rule's name in the policy; for a limit, the analysis' or the step's.");
        TriggerType.Field("kind", DeploymentEnums.RuleKind.NonNull(), trigger => trigger.Trigger.Kind).Describe("What kind of rule it is.");
        TriggerType.Field("text", Scalars.String.NonNull(), trigger => trigger.Trigger.Text).Describe("The rule in words.");
        TriggerType.Field("found", Scalars.String.NonNull(), trigger => trigger.Trigger.Found).Describe("What was found, in words.");
        OfTrigger("metric", Scalars.String.NonNull(), fired => fired.Metric).Describe("The metric it looked at.");
        OfTrigger("window", WindowType.NonNull(), fired => fired.Window).Describe("The span of time it looked at.");
        OfTrigger("count", Scalars.Int.NonNull(), fired => fired.Count).Describe("How many measurements it rests on.");
        TriggerType.Field("measurementEvents", EventType.Type.NonNull().List().NonNull(), new EventsOfTrigger((_, _, events) => events))
            .Describe("The events that hold the measurements, in order; of more than 64, the first and the last 63.").Sized(new ListSize(64, [], [], false)).Cost(2);
        TriggerType.Field("measurements", MeasurementType.Type.NonNull().List().NonNull(), new EventsOfTrigger(Measurements))
            .Describe("The measurements of the metric in those events that count and lie in the window.").Sized(new ListSize(64, [], [], false)).Cost(2);
        TriggerType.Field("baselineEvent", EventType.Type, new BaselineOfTrigger()).Describe("The event that holds the baseline; null where the rule has none.").Cost(2);
        TriggerType.EventField("event", trigger => trigger.Trigger.Event).Describe("The event that says that it fired.");
    }

    private static FieldDefinition OfTrigger(string name, GraphQLType type, Func<RollbackEvent.Triggered, object?> get) =>
        TriggerType.DataField<TriggerAt, RollbackEvent.Triggered>(name, type, trigger => trigger.Trigger.Event, (_, fired) => get(fired));

    private static List<MeasurementAt> Measurements(TriggerAt trigger, RollbackEvent.Triggered fired, IReadOnlyList<StoredEvent> events) =>
    [
        .. events.SelectMany(StoredMeasurement.Of)
            .Where(stored => TriggerEvidence.Holds(fired, trigger.Deployment.State, stored.Sample))
            .Select(stored => new MeasurementAt(trigger.Deployment, stored)),
    ];

    private static async ValueTask<(IReadOnlyList<(TriggerAt Trigger, RollbackEvent.Triggered Fired)> Triggers, IReadOnlyDictionary<(string, long), StoredEvent> Events)> LoadAsync(
        IReadOnlyList<object?> sources, ResolverContext context)
    {
        var triggers = sources.Cast<TriggerAt>().ToList();
        var events = await DeploymentEvents.LoadAsync(context, triggers);
        var fired = triggers.Select(trigger => (trigger, events[trigger.Trigger.Event.Sequence].Recorded<RollbackEvent.Triggered>().Event)).ToList();
        return (fired, await context.Loaders().Places.LoadAsync(fired.SelectMany(each =>
            each.Event.Measurements.Concat(each.Event.Baseline is { } baseline ? [baseline] : []).Select(version => (each.trigger.Deployment.Release.Id.StreamKey, version)))));
    }

    private sealed class EventsOfTrigger(Func<TriggerAt, RollbackEvent.Triggered, IReadOnlyList<StoredEvent>, object> get) : BatchResolver
    {
        public override async ValueTask<IReadOnlyList<object?>> ResolveAsync(IReadOnlyList<object?> sources, ResolverContext context)
        {
            var (triggers, events) = await LoadAsync(sources, context);
            return [.. triggers.Select(each => get(each.Trigger, each.Fired, [.. each.Fired.Measurements.Select(version => events[(each.Trigger.Deployment.Release.Id.StreamKey, version)])]))];
        }
    }

    private sealed class BaselineOfTrigger : BatchResolver
    {
        public override async ValueTask<IReadOnlyList<object?>> ResolveAsync(IReadOnlyList<object?> sources, ResolverContext context)
        {
            var (triggers, events) = await LoadAsync(sources, context);
            return [.. triggers.Select(each => each.Fired.Baseline is { } version ? events[(each.Trigger.Deployment.Release.Id.StreamKey, version)] : null)];
        }
    }
}
