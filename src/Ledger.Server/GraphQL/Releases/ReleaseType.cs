using Ledger.Domain.GoNoGo;
using Ledger.Domain.Releases;
using Ledger.GraphQL.Types;
using Ledger.Server.GraphQL.Deployments;
using Ledger.Server.GraphQL.Ids;
using Ledger.Server.GraphQL.Log;
using Ledger.Server.GraphQL.Paging;
using Ledger.Server.GraphQL.Policies;
using Ledger.Server.GraphQL.Requests;
using Ledger.Server.GraphQL.SignOffs;
using Ledger.Server.GraphQL.Values;

namespace Ledger.Server.GraphQL.Releases;

/// <summary>A release. What belongs to its gates, sign-offs and decisions is added to it by their own files.</summary>
internal static class ReleaseType
{
    public static ObjectType<ReleaseAt> Type { get; } = new("Release")
    {
        Description = "A version of a service on its way out, or no further: its gates, its sign-offs and what was decided, at one moment.",
    };

    public static ObjectType<Connection<ReleaseAt>> Connection { get; } = ConnectionType.Of("Release", Type, "releases");

    public static ObjectType<Artifact> ArtifactType { get; } = new("Artifact") { Description = "Something that is deployed, named by digest." };

    private static readonly ObjectType<MaintenanceWindow> WindowType = new("MaintenanceWindow") { Description = "When a release may be deployed." };

    private static readonly ObjectType<ReleaseAt> ClosedType = new("Closing") { Description = "How a release ended." };

    public static void Define()
    {
        DefineParts();
        NodeType.Implement(Type, release => GlobalId.Of(release.Id));
        Type.Field("name", Scalars.String.NonNull(), release => release.Id.ToString()).Describe("`service/version`.");
        Type.Field("service", Scalars.String.NonNull(), release => release.Id.Service).Describe("The service.");
        Type.Field("version", Scalars.String.NonNull(), release => release.Id.Version).Describe("The version.");
        Type.Field("commit", Scalars.String.NonNull(), release => release.Opened.Commit).Describe("The commit that is released.");
        Type.Field("tag", Scalars.String, release => release.Opened.Tag).Describe("Its tag.");
        Type.Field("environment", Scalars.String.NonNull(), release => release.Opened.Environment).Describe("Where it goes, such as `production`.");
        Type.Field("artifacts", ArtifactType.NonNull().List().NonNull(), release => release.Opened.Artifacts).Describe("What is deployed.");
        Type.Field("summary", Scalars.String, release => release.Opened.Summary).Describe("What it brings.");
        Type.Field("risk", Enums.Risk, release => release.Opened.Risk).Describe("How risky it is held to be.");
        Type.Field("window", WindowType, release => release.Opened.Window).Describe("When it may be deployed.");
        Type.Field("decideBy", LedgerScalars.DateTime, release => release.Opened.DecideBy).Describe("When it must have been decided; after that it is NO_GO.");
        Type.Field("openedAt", LedgerScalars.DateTime.NonNull(), release => release.State.Facts.OpenedAt).Describe("When it was opened.");
        Type.Field("openedBy", Scalars.String.NonNull(), release => release.State.Facts.Opener).Describe("Who opened it.");
        Type.BatchField("policy", PolicyType.Type.NonNull(), release => (release.Opened.Policy.Name, release.Opened.Policy.Version), (keys, context) => context.Loaders().Policies.LoadAsync(keys))
            .Describe("The version of the policy that it pinned.");

        Type.StateValue("verdict", Enums.Verdict, release => release.Standing.Verdict).Describe("Whether it may go. Null before it was opened.");
        Type.StateValue("judgedAt", LedgerScalars.DateTime, release => release.View.At).Describe("The time that its waivers and deadlines are looked at.");
        Type.StateList("reasons", ReasonType.Type, release => release.Standing.Reasons)
            .Describe("Why it is not GO; empty exactly when it is.").Sized(new ListSize(10, [], [], false));
        Type.StateList("conditions", ConditionType.Type, release => release.Standing.Conditions)
            .Describe("Its NO-GO conditions, in the policy's order.").Sized(new ListSize(5, [], [], false));
        Type.StateField("reporters", Scalars.String.NonNull().List(), release => release.State.Facts.Reporters.ToList()).Describe("Who reported or attested its gates, sorted.");
        Type.StateField("closing", ClosedType, release => release.State.Facts.Closed is null ? null : release).Describe("How it ended; null while it is open.");
        Type.StateValue("lastSequence", LedgerScalars.Long, release => release.State.Last.Sequence).Describe("The place in the log of its newest event.");
        Type.StateValue("lastAt", LedgerScalars.DateTime, release => release.State.LastAt).Describe("When its newest event was appended.");
        EventsQuery.DefineOn(Type);

        GatesOfRelease.Define(Type);
        SignOffsOfRelease.Define(Type);
        DecisionsOfRelease.Define(Type);
        DeploymentType.Define(Type);
        FollowUpsOfRelease.Define(Type);
    }

    private static void DefineParts()
    {
        ArtifactType.Field("name", Scalars.String.NonNull(), artifact => artifact.Name).Describe("Such as an image's repository.");
        ArtifactType.Field("digest", LedgerScalars.Digest.NonNull(), artifact => artifact.Digest).Describe("The manifest's or the file's digest.");
        WindowType.Field("start", LedgerScalars.DateTime.NonNull(), window => window.Start).Describe("Its beginning.");
        WindowType.Field("end", LedgerScalars.DateTime.NonNull(), window => window.End).Describe("Its end, exclusively.");
        ClosedType.Field("outcome", Enums.CloseOutcome.NonNull(), release => release.State.Facts.Closed).Describe("How.");
        EventType.Field(ClosedType, "event", release => release.State.Facts.ClosedBy!.Sequence).Describe("The event that ended it, with the reason.");
        ReasonType.Define();
        ConditionType.Define();
    }
}

/// <summary>Why a release may not go.</summary>
internal static class ReasonType
{
    public static ObjectType<Reason> Type { get; } = new("Reason")
    {
        Description = "Why a release may not go, or may not go yet: one thing, the rule that it breaks, and the events that show it.",
    };

    public static void Define()
    {
        Type.Field("code", Scalars.String.NonNull(), reason => reason.Code).Describe("Stable, such as `criterion_failed`.");
        Type.Field("verdict", Enums.Verdict.NonNull(), reason => reason.Verdict).Describe("What it forces: NO_GO or PENDING.");
        Type.Field("subject", Scalars.String, reason => reason.Subject).Describe("The gate, condition or stage; null for the release itself.");
        Type.Field("rule", Scalars.String.NonNull(), reason => reason.Rule).Describe("The rule, as the policy states it.");
        Type.Field("message", Scalars.String.NonNull(), reason => reason.Message).Describe("What was found.");
        EventType.ListField(Type, "events", reason => reason.Events).Describe("The events that it rests on; none where it rests on something that did not happen.");
    }
}

/// <summary>A NO-GO condition of a release.</summary>
internal static class ConditionType
{
    public static ObjectType<ConditionStanding> Type { get; } = new("Condition") { Description = "Something that forbids a release while it is there. It cannot be waived." };

    public static void Define()
    {
        Type.Field("name", Scalars.String.NonNull(), condition => condition.Name).Describe("Its name in the policy.");
        Type.Field("title", Scalars.String.NonNull(), condition => condition.Title).Describe("What a person calls it.");
        Type.Field("outcome", Enums.ConditionOutcome.NonNull(), condition => condition.Outcome).Describe("Whether it is there.");
        EventType.ListField(Type, "events", condition => condition.Events).Describe("The events that tell.");
    }
}
