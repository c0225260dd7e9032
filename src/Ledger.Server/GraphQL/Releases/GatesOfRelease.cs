using Ledger.Domain.Policies;
using Ledger.GraphQL.Types;
using Ledger.Server.GraphQL.Ids;
using Ledger.Server.GraphQL.Log;
using Ledger.Server.GraphQL.Requests;
using Ledger.Server.GraphQL.Values;
using Ledger.Store.Log;

namespace Ledger.Server.GraphQL.Releases;

/// <summary>The gates of a release.</summary>
internal static class GatesOfRelease
{
    public static ObjectType<GateAt> Type { get; } = new("Gate") { Description = "Something that a release has to pass, and where it stands." };

    private static readonly ObjectType<Criterion> CriterionType = new("Criterion")
    {
        Description = "One measurable demand of a gate: a metric of a tool's report, compared with a threshold.",
    };

    private static readonly ObjectType<CheckAt> CheckType = new("GateCheck") { Description = "A fact inside a gate that a person attests." };

    public static void Define(ObjectType<ReleaseAt> release)
    {
        release.StateList("gates", Type, source => source.Gates).Describe("Its gates, in the policy's order.").Sized(new ListSize(12, [], [], false));
        var one = release.Field("gate", Type, new OneGate());
        AsOfInput.Define(one, "Where this is not given, as the release itself was asked for.").Argument("name", Scalars.String.NonNull(), description: "Its name in the policy.")
            .Describe("One of its gates; null where the policy has none of that name.");
        AsOfInput.Define(release.BatchField("waivers", WaiverType.Type.NonNull().List().NonNull(), source => source, async (releases, context) =>
            {
                var then = await context.ThenAsync(releases);
                var histories = await context.Loaders().HistoriesAsync(then.Values.Select(at => at.Key), WaiverType.Event);
                return (IReadOnlyDictionary<ReleaseAt, IReadOnlyList<WaiverAt>>)releases.ToDictionary(source => source, source =>
                    then.TryGetValue(source, out var at) ? (IReadOnlyList<WaiverAt>)[.. histories[at.Key].Select(stored => WaiverAt.Of(stored, at.View.At))] : []);
            }), StateFields.Otherwise)
            .Describe("Every waiver there ever was, oldest first; ended ones too.").Sized(new ListSize(3, [], [], false)).Cost(5);

        DefineParts();
        NodeType.Implement(Type, gate => GlobalId.Of(gate.Release.Id, gate.Gate.Name));
        Type.Field("name", Scalars.String.NonNull(), gate => gate.Gate.Name).Describe("Its name in the policy.");
        Type.Field("title", Scalars.String.NonNull(), gate => gate.Gate.Title).Describe("What a person calls it.");
        Type.Field("kind", Enums.GateKind.NonNull(), gate => gate.Gate.Kind).Describe("Whether reports or people decide it.");
        Type.Field("required", Scalars.Boolean.NonNull(), gate => gate.Gate.Required).Describe("Whether it blocks.");
        Type.Field("waivable", Scalars.Boolean.NonNull(), gate => gate.Gate.Waivable).Describe("Whether a waiver may stand in for it.");
        Type.Field("outcome", Enums.GateOutcome.NonNull(), gate => gate.Standing.Outcome).Describe("Where it stands.");
        Type.Field("criteria", CriterionType.NonNull().List().NonNull(), gate => gate.Gate.Criteria)
            .Describe("What is measured; all must hold.").Sized(new ListSize(5, [], [], false));
        Type.Field("checks", CheckType.NonNull().List().NonNull(), gate => gate.Gate.Checks.Select(check => new CheckAt(gate, check)).ToList())
            .Describe("What is attested; all must be met.").Sized(new ListSize(5, [], [], false));
        Type.Field("validate", Scalars.String.NonNull().List().NonNull(), gate => gate.Gate.Validate).Describe("The commands that validate it.");
        Type.Field("release", ReleaseType.Type.NonNull(), gate => gate.Release).Describe("The release, at the same moment.");
        EventType.ListField(Type, "events", gate => gate.Standing.Events).Describe("The events that its outcome rests on.");
        Type.BatchField("waiver", WaiverType.Type, gate => (gate.Standing.Waiver?.Event.Sequence ?? 0, gate.Release.View.At), async (keys, context) =>
            {
                var events = await context.Loaders().Events.LoadAsync(keys.Select(key => key.Item1).Where(sequence => sequence > 0));
                return (IReadOnlyDictionary<(long, DateTimeOffset), WaiverAt>)keys.Where(key => events.ContainsKey(key.Item1))
                    .ToDictionary(key => key, key => WaiverAt.Of(events[key.Item1], key.At));
            })
            .Describe("Who answers for it and until when, while a waiver stands.");
        OfGate("reports", GateReportType.Type, GateReportType.Event, (gate, stored) => GateReportAt.Of(stored, gate.Release.Key), report => report.Reported.Gate)
            .Describe("Every report that came in under it, oldest first; superseded ones too.").Sized(new ListSize(3, [], [], false));
        OfGate("attestations", AttestationType.Type, AttestationType.Event, (_, stored) => AttestationAt.Of(stored), attestation => attestation.Attested.Gate)
            .Describe("Every word of a person on it, oldest first; superseded ones too.").Sized(new ListSize(3, [], [], false));
        OfGate("waivers", WaiverType.Type, WaiverType.Event, (gate, stored) => WaiverAt.Of(stored, gate.Release.View.At), waiver => waiver.Waived.Gate)
            .Describe("Every waiver of it, oldest first; ended ones too.").Sized(new ListSize(1, [], [], false));
        GateReportType.Define();
        AttestationType.Define();
        WaiverType.Define();
    }

    // Of all gates of all releases of the list at once.
    private static FieldDefinition OfGate<T>(string name, ObjectType<T> type, string eventType, Func<GateAt, StoredEvent, T> open, Func<T, string> gateOf)
        where T : class => Type.BatchField(name, type.NonNull().List().NonNull(), gate => gate, async (gates, context) =>
        {
            var histories = await context.Loaders().HistoriesAsync(gates.Select(gate => gate.Release.Key), eventType);
            return (IReadOnlyDictionary<GateAt, IReadOnlyList<T>>)gates.ToDictionary(
                gate => gate, gate => (IReadOnlyList<T>)[.. histories[gate.Release.Key].Select(stored => open(gate, stored)).Where(each => gateOf(each) == gate.Gate.Name)]);
        }).Cost(2);

    private static void DefineParts()
    {
        CriterionType.Field("title", Scalars.String, criterion => criterion.Title).Describe("What a person calls it.");
        CriterionType.Field("tool", Named.Tool.NonNull(), criterion => criterion.Tool).Describe("The tool whose report holds the metric.");
        CriterionType.Field("metric", Scalars.String.NonNull(), criterion => criterion.Metric).Describe("The metric.");
        CriterionType.Field("comparator", Enums.Comparator.NonNull(), criterion => criterion.Comparator).Describe("How it is compared.");
        CriterionType.Field("threshold", Scalars.String.NonNull(), criterion => criterion.Threshold.Text).Describe("With what, as the policy writes it.");

        CheckType.Field("name", Scalars.String.NonNull(), check => check.Check.Name).Describe("Its name in the gate.");
        CheckType.Field("title", Scalars.String.NonNull(), check => check.Check.Title).Describe("What a person calls it.");
        CheckType.Field("validate", Scalars.String.NonNull().List().NonNull(), check => check.Check.Validate ?? []).Describe("The commands that show it.");
        CheckType.Field("met", Scalars.Boolean, check => check.Gate.State.Attestations.GetValueOrDefault(check.Check.Name)?.Met)
            .Describe("The newest word on it; null where there is none.");
        EventType.NullableField(CheckType, "event", check => check.Gate.State.Attestations.GetValueOrDefault(check.Check.Name)?.Event.Sequence)
            .Describe("The event that brought that word.");
    }

    private sealed record CheckAt(GateAt Gate, Check Check);

    private sealed class OneGate : BatchResolver
    {
        public override async ValueTask<IReadOnlyList<object?>> ResolveAsync(IReadOnlyList<object?> sources, ResolverContext context)
        {
            var name = context.Arguments.Get<string>("name");
            return await new StateResolver(release => release.Gates.FirstOrDefault(gate => gate.Gate.Name == name), null).ResolveAsync(sources, context);
        }
    }
}
