using Ledger.Domain.Rollbacks;
using Ledger.GraphQL.Types;
using Ledger.Server.GraphQL.Log;
using Ledger.Server.GraphQL.Requests;
using Ledger.Server.GraphQL.Values;
using Ledger.Store.Log;

namespace Ledger.Server.GraphQL.Deployments;

/// <summary>The way back of a deployment.</summary>
internal sealed record RollbackAt(DeploymentAt Deployment, RollbackState Rollback) : IDeploymentPart;

/// <summary>A rehearsal of the way back.</summary>
internal sealed record RehearsalAt(StoredEvent Stored, RollbackEvent.Rehearsed Rehearsed);

/// <summary>The types of rollbacks and of their rehearsals.</summary>
internal static class RollbackType
{
    public static ObjectType<RollbackAt> Type { get; } = new("Rollback") { Description = "A release is, or was, taken back: why, by whom, how long it took, and whether what was there before works." };

    private static readonly ObjectType<RehearsalAt> RehearsalType = new("Rehearsal") { Description = "The way back was tried before it was needed." };

    public static void Define(ObjectType<DeploymentAt> deployment)
    {
        deployment.BatchField("rehearsals", RehearsalType.NonNull().List().NonNull(), source => source.Release.Key, async (releases, context) =>
            {
                var histories = await context.Loaders().HistoriesAsync(releases, "rollback_rehearsed");
                return (IReadOnlyDictionary<ReleaseKey, IReadOnlyList<RehearsalAt>>)histories.ToDictionary(
                    entry => entry.Key, entry => (IReadOnlyList<RehearsalAt>)[.. entry.Value.Select(stored => new RehearsalAt(stored, stored.Recorded<RollbackEvent.Rehearsed>().Event))]);
            })
            .Describe("Every rehearsal of the way back, oldest first.").Sized(new ListSize(2, [], [], false)).Cost(5);

        Type.Field("cause", DeploymentEnums.Cause.NonNull(), rollback => rollback.Rollback.Cause).Describe("A rule that fired, or a person.");
        Type.Field("reason", Scalars.String.NonNull(), rollback => rollback.Rollback.Reason).Describe("Why, in words.");
        Type.DataField<RollbackAt, RollbackEvent.Started>("person", Scalars.String, rollback => rollback.Rollback.Started.Event, (_, started) => started.Person).Describe("Who decided it; null where a rule did.");
        Type.DataField<RollbackAt, RollbackEvent.Started>("trigger", RuleType.TriggerType, rollback => rollback.Rollback.Started.Event, (rollback, started) =>
                rollback.Deployment.State.Triggers.FirstOrDefault(trigger => trigger.Event == started.Trigger) is { } fired ? new TriggerAt(rollback.Deployment, fired) : null)
            .Describe("The newest rule that had fired when it began; null where none had.");
        Type.MomentField("started", rollback => rollback.Rollback.Started).Describe("When it began.");
        Type.MomentField("completed", rollback => rollback.Rollback.Completed).Describe("When what was there before was there again; null before.");
        Type.DataField<RollbackAt, RollbackEvent.Completed>("durationMs", LedgerScalars.Long, rollback => rollback.Rollback.Completed?.Event, (_, completed) => completed.DurationMs).Describe("How long it took, in milliseconds; null while it is not done.");
        Type.Field("objectiveMs", LedgerScalars.Long, rollback => (long?)rollback.Deployment.Terms?.RollbackObjective?.Duration.TotalMilliseconds).Describe("How long it may take, in milliseconds; null where the policy sets no objective.");
        Type.Field("withinObjective", Scalars.Boolean, rollback => rollback.Rollback.Within).Describe("Whether it took no longer; null where there is no objective, or it is not done.");
        Type.MomentField("verified", rollback => rollback.Rollback.Verified).Describe("When somebody looked whether what was there before works; null while nobody has.");
        Type.Field("works", Scalars.Boolean, rollback => rollback.Rollback.Works).Describe("What they found; null while nobody has looked.");
        Type.DataField<RollbackAt, RollbackEvent.Verified>("verificationNote", Scalars.String, rollback => rollback.Rollback.Verified?.Event, (_, verified) => verified.Note).Describe("What they saw.");
        Type.DataField<RollbackAt, RollbackEvent.Verified>("evidenceLink", Scalars.String, rollback => rollback.Rollback.Verified?.Event, (_, verified) => verified.EvidenceLink).Describe("Where it can be seen.");

        RehearsalType.Field("at", LedgerScalars.DateTime.NonNull(), rehearsal => rehearsal.Stored.At).Describe("When it was recorded.");
        RehearsalType.Field("by", Scalars.String.NonNull(), rehearsal => rehearsal.Stored.Actor().Id).Describe("Who recorded it.");
        RehearsalType.Field("durationMs", LedgerScalars.Long.NonNull(), rehearsal => rehearsal.Rehearsed.DurationMs).Describe("How long the way back took, in milliseconds.");
        RehearsalType.Field("objectiveMs", LedgerScalars.Long, rehearsal => rehearsal.Rehearsed.ObjectiveMs).Describe("How long it may take, in milliseconds; null where the policy sets no objective.");
        RehearsalType.Field("withinObjective", Scalars.Boolean, rehearsal => rehearsal.Rehearsed.Within).Describe("Whether it took no longer; null where there is no objective.");
        RehearsalType.Field("note", Scalars.String.NonNull(), rehearsal => rehearsal.Rehearsed.Note).Describe("What was done and seen.");
        RehearsalType.Field("gate", Scalars.String, rehearsal => rehearsal.Rehearsed.Gate).Describe("The gate that it counts for; null where the policy has none.");
        RehearsalType.Field("evidenceLink", Scalars.String, rehearsal => rehearsal.Rehearsed.EvidenceLink).Describe("Where it can be seen.");
        RehearsalType.Field("event", EventType.Type.NonNull(), rehearsal => rehearsal.Stored).Describe("The event that brought it.");
    }
}
