using Ledger.Domain.Deployments;
using Ledger.Domain.Watches;
using Ledger.GraphQL.Types;
using Ledger.Server.GraphQL.Releases;

namespace Ledger.Server.GraphQL.Deployments;

/// <summary>A release's way to its users, and back. What the state tells costs no statement; what only events tell costs one for all of an answer.</summary>
internal static class DeploymentType
{
    private static readonly ObjectType<DeploymentAt> Type = new("Deployment")
    {
        Description = "A release's way to its users, and back, at one moment: the plan, what was done of it, what was measured, and what was found against it. It is of the newest attempt; earlier ones are there with `asOf`.",
    };

    public static void Define(ObjectType<ReleaseAt> release)
    {
        release.StateField("deployment", Type, DeploymentAt.Of).Describe("Its way to its users; null where the policy plans none and nothing was heard of one.");
        DeadlineType.Define(release);
        DeploymentEvents.Define();
        StepType.Define();
        MeasurementType.Define();
        RuleType.Define();
        DeviationType.Define();
        WatchType.Define();

        Type.Field("phase", DeploymentEnums.Phase.NonNull(), deployment => deployment.State.Phase).Describe("How far it is, in a word.");
        Type.Field("attempt", Scalars.Int.NonNull(), deployment => deployment.State.Attempt).Describe("How often it was started; 0 where it was not.");
        Type.Field("strategy", DeploymentEnums.Strategy, deployment => deployment.Terms?.Strategy).Describe("How it reaches its users; null where the policy plans no deployment.");
        Type.Field("flag", Scalars.String, deployment => deployment.Terms?.Flag).Describe("The feature flag that is turned; null for the other strategies.");
        Type.Field("silenceLimit", Scalars.String, deployment => deployment.Terms?.SilenceLimit?.Text).Describe("How long measurements may be missing, as the policy writes it; null where not limited.");
        Type.MomentField("started", deployment => deployment.State.Started).Describe("When it began; null before.");
        Type.MomentField("paused", deployment => deployment.State.Paused).Describe("Since when it stands still; null while it does not.");
        Type.MomentField("promoted", deployment => deployment.State.Promoted).Describe("When it was promoted: no step that reaches only some is left.");
        Type.MomentField("fullyOut", deployment => deployment.State.FullyOut).Describe("Since when everybody has it.");
        Type.MomentField("aborted", deployment => deployment.State.Aborted).Describe("When it was given up.");
        OfStart("commit", Scalars.String, started => started.Commit).Describe("The commit that is deployed, where it was stated.");
        OfStart("artifacts", ReleaseType.ArtifactType.NonNull().List(), started => started.Artifacts).Describe("What is deployed, as far as it was stated; null before it began.").Sized(new ListSize(2, [], [], false));

        Type.Field("steps", StepType.Type.NonNull().List().NonNull(), deployment => StepAt.Of(deployment).ToList()).Describe("Every step of the plan, in order.").Sized(new ListSize(5, [], [], false));
        MeasurementType.DefineOn(Type);
        Type.Field("rules", RuleType.Type.NonNull().List().NonNull(), deployment =>
                (deployment.Terms is { } terms ? RuleStanding.Of(terms, deployment.State, deployment.At) : []).Select(rule => new RuleAt(deployment, rule)).ToList())
            .Describe("What takes it back, in the policy's order.").Sized(new ListSize(5, [], [], false));
        Type.Field("triggers", RuleType.TriggerType.NonNull().List().NonNull(), deployment => deployment.State.Triggers.Select(trigger => new TriggerAt(deployment, trigger)).ToList())
            .Describe("The rules and limits that fired in this attempt, in that order; each does once.").Sized(new ListSize(2, [], [], false));
        Type.Field("rollback", RollbackType.Type, deployment => deployment.State.Rollback is { } rollback ? new RollbackAt(deployment, rollback) : null).Describe("The way back; null where it was not begun.");
        RollbackType.Define(Type);
        Type.Field("deviations", DeviationType.Type.NonNull().List().NonNull(), deployment => deployment.State.Deviations.Select(deviation => new DeviationAt(deployment, deviation)).ToList())
            .Describe("What happened against the plan or the policy, of every attempt: the newest of each kind. None ever goes away.").Sized(new ListSize(3, [], [], false));
        Type.Field("watch", WatchType.Type, deployment => deployment.Terms?.Watch is null ? null : deployment).Describe("The watch once everybody has it; null where the policy asks for none.");
        WatchType.Checks(Type, "success", CheckList.Success, _ => true).Describe("What must be true for the release to be closed as a success, in the policy's order.");
    }

    private static FieldDefinition OfStart(string name, GraphQLType type, Func<DeploymentEvent.Started, object?> get) =>
        Type.DataField<DeploymentAt, DeploymentEvent.Started>(name, type, deployment => deployment.State.Started?.Event, (_, started) => get(started));
}
