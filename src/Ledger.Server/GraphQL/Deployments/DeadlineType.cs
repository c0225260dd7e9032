using Ledger.Domain.Deadlines;
using Ledger.Domain.Events;
using Ledger.GraphQL.Types;
using Ledger.Server.GraphQL.Releases;
using Ledger.Server.GraphQL.Values;

namespace Ledger.Server.GraphQL.Deployments;

/// <summary>A deadline of a release.</summary>
internal sealed record DeadlineAt(DeploymentAt Deployment, Deadline Deadline, DeadlineStatus Status, EventReference? Event) : IDeploymentPart
{
    private static readonly Dictionary<string, DeadlineKind> Kinds = Enum.GetValues<DeadlineKind>().ToDictionary(Deadline.Name, StringComparer.Ordinal);

    /// <summary>Those that have passed, the newest of each, and those that are still to pass; by time.</summary>
    public static IEnumerable<DeadlineAt> Of(ReleaseAt release)
    {
        var deployment = new DeploymentAt(release);
        return deployment.State.Passed
            .Select(entry => new DeadlineAt(deployment, Read(entry.Key, entry.Value.Due), entry.Value.Missed ? DeadlineStatus.Missed : DeadlineStatus.Passed, entry.Value.Event))
            .Concat(OpenDeadlines.Of(release.State).Select(open => new DeadlineAt(deployment, open, DeadlineStatus.Open, null)))
            .OrderBy(deadline => deadline.Deadline.Due).ThenBy(deadline => deadline.Deadline.Key, StringComparer.Ordinal);
    }

    private static Deadline Read(string key, DateTimeOffset due) => key.IndexOf('/', StringComparison.Ordinal) is var slash and > 0
        ? new Deadline(Kinds[key[..slash]], due, key[(slash + 1)..])
        : new Deadline(Kinds[key], due);
}

/// <summary>The type of deadlines.</summary>
internal static class DeadlineType
{
    private static readonly ObjectType<DeadlineAt> Type = new("Deadline") { Description = "Something that takes effect by itself when its time comes, once." };

    public static void Define(ObjectType<ReleaseAt> release)
    {
        release.StateList("deadlines", Type, DeadlineAt.Of)
            .Describe("The newest of each that has passed, and every one that is still to pass, the earliest first. How a watch ended is the watch's to say.").Sized(new ListSize(5, [], [], false));
        Type.Field("kind", DeploymentEnums.DeadlineKind.NonNull(), deadline => deadline.Deadline.Kind).Describe("What runs out.");
        Type.Field("subject", Scalars.String, deadline => deadline.Deadline.Subject).Describe("The gate, analysis or step it is about; null for the release as a whole.");
        Type.Field("due", LedgerScalars.DateTime.NonNull(), deadline => deadline.Deadline.Due).Describe("When: at this very moment it has passed.");
        Type.Field("status", DeploymentEnums.DeadlineStatus.NonNull(), deadline => deadline.Status).Describe("What became of it.");
        Type.DataField<DeadlineAt, DeadlineEvent.Passed>("message", Scalars.String, deadline => deadline.Event, (_, passed) => passed.Message).Describe("What it means that it passed; null while it is open.");
        Type.NullableEventField("event", deadline => deadline.Event).Describe("The event that says that it passed; null while it is open.");
    }
}
