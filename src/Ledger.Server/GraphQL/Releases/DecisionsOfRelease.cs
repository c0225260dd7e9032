using Ledger.Domain.Releases;
using Ledger.Domain.SignOffs;
using Ledger.GraphQL.Types;
using Ledger.Server.GraphQL.Ids;
using Ledger.Server.GraphQL.Log;
using Ledger.Server.GraphQL.Policies;
using Ledger.Server.GraphQL.Requests;
using Ledger.Server.GraphQL.Values;
using Ledger.Store.Log;

namespace Ledger.Server.GraphQL.Releases;

/// <summary>A decision about a release.</summary>
/// <param name="Stored">Its event.</param>
/// <param name="Made">What the event says.</param>
internal sealed record DecisionAt(StoredEvent Stored, ReleaseEvent.DecisionMade Made)
{
    public static DecisionAt Of(StoredEvent stored) => new(stored, stored.Recorded<ReleaseEvent.DecisionMade>().Event);
}

/// <summary>The recorded decisions about a release.</summary>
internal static class DecisionsOfRelease
{
    public const string Event = "decision_made";

    public static ObjectType<DecisionAt> Type { get; } = new("Decision")
    {
        Description = "GO or NO_GO as it was recorded, with everything that it rests on. The policy and the inputs come to the same go/no-go, byte by byte, whenever they are judged again.",
    };

    public static ObjectType<GoNoGoSeen> SeenType { get; } = new("GoNoGo") { Description = "A go/no-go as it was shown to somebody." };

    private static readonly ObjectType<Emergency> EmergencyType = new("Emergency") { Description = "Why a release went before its approvals were complete." };

    public static void Define(ObjectType<ReleaseAt> release)
    {
        release.StateField("decision", Type, new NewestDecision()).Describe("The newest recorded decision; null where there is none.");
        AsOfInput.Define(release.BatchField("decisions", Type.NonNull().List().NonNull(), source => source, async (releases, context) =>
            {
                var then = await context.ThenAsync(releases);
                var histories = await context.Loaders().HistoriesAsync(then.Values.Select(at => at.Key), Event);
                return (IReadOnlyDictionary<ReleaseAt, IReadOnlyList<DecisionAt>>)releases.ToDictionary(
                    source => source, source => then.TryGetValue(source, out var at) ? (IReadOnlyList<DecisionAt>)[.. histories[at.Key].Select(DecisionAt.Of)] : []);
            }), StateFields.Otherwise)
            .Describe("Every recorded decision, oldest first.").Sized(new ListSize(2, [], [], false)).Cost(5);

        SeenType.Field("verdict", Enums.Verdict.NonNull(), seen => seen.Verdict).Describe("What it was.");
        SeenType.Field("at", LedgerScalars.DateTime.NonNull(), seen => seen.At).Describe("The time it was asked for.");
        SeenType.Field("digest", LedgerScalars.Digest.NonNull(), seen => seen.Digest).Describe("SHA-256 of its canonical JSON (RFC 8785).");
        EmergencyType.Field("reason", Scalars.String.NonNull(), emergency => emergency.Reason).Describe("What made it urgent.");
        EmergencyType.Field("approveBy", LedgerScalars.DateTime.NonNull(), emergency => emergency.ApproveBy).Describe("Until when every approval must be there.");

        NodeType.Implement(Type, decision => GlobalId.Of(NodeKind.Decision, decision.Stored.Sequence));
        Type.Field("verdict", Enums.Verdict.NonNull(), decision => decision.Made.Verdict).Describe("GO or NO_GO.");
        Type.Field("at", LedgerScalars.DateTime.NonNull(), decision => decision.Stored.At).Describe("When it was recorded.");
        Type.Field("by", Scalars.String.NonNull(), decision => decision.Stored.Actor().Id).Describe("Who recorded it.");
        Type.Field("reason", Scalars.String, decision => decision.Made.Reason).Describe("Why; always there for NO_GO.");
        Type.Field("goNoGo", SeenType.NonNull(), decision => decision.Made.GoNoGo).Describe("The go/no-go at that moment.");
        Type.Field("emergency", EmergencyType, decision => decision.Made.Emergency).Describe("There where approvals were still owed.");
        Type.BatchField("policy", PolicyType.Type.NonNull(), decision => (decision.Made.Policy.Name, decision.Made.Policy.Version), (keys, context) => context.Loaders().Policies.LoadAsync(keys))
            .Describe("The policy that decided.");
        EventType.ListField(Type, "inputs", decision => decision.Made.Inputs)
            .Describe("Every event that it rests on, in the order of the log.").Sized(new ListSize(20, [], [], false));
        Type.Field("event", EventType.Type.NonNull(), decision => decision.Stored).Describe("The event that recorded it.");
    }

    private static FieldDefinition StateField(this ObjectType<ReleaseAt> release, string name, ObjectType<DecisionAt> type, BatchResolver resolver) =>
        AsOfInput.Define(release.Field(name, type, resolver), "Where this is not given, as the release itself was asked for.");

    private sealed class NewestDecision : BatchResolver
    {
        public override async ValueTask<IReadOnlyList<object?>> ResolveAsync(IReadOnlyList<object?> sources, ResolverContext context)
        {
            var states = await new StateResolver(release => release.State.Facts.Decision, null).ResolveAsync(sources, context);
            var events = await context.Loaders().Events.LoadAsync(states.OfType<DecisionState>().Select(decision => decision.Event.Sequence));
            return [.. states.Select(state => state is DecisionState decision ? DecisionAt.Of(events[decision.Event.Sequence]) : null)];
        }
    }
}
