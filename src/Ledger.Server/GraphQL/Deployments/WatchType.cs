using Ledger.Domain.Deployments;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.Watches;
using Ledger.GraphQL.Types;
using Ledger.Server.GraphQL.Releases;
using Ledger.Server.GraphQL.Values;

namespace Ledger.Server.GraphQL.Deployments;

/// <summary>A check after the deployment.</summary>
/// <param name="Deployment">The deployment.</param>
/// <param name="List">Which list of the policy it is from.</param>
/// <param name="Check">What the policy asks for.</param>
/// <param name="Known">The newest word on it; null where there is none.</param>
internal sealed record CheckAt(DeploymentAt Deployment, CheckList List, Expectation Check, CheckState? Known) : IDeploymentPart
{
    public static IEnumerable<CheckAt> Of(DeploymentAt deployment, CheckList list) =>
        ((list == CheckList.Watch ? deployment.Policy.AfterDeployment?.Checks : deployment.Policy.Success) ?? [])
        .Select(check => new CheckAt(deployment, list, check, deployment.State.Checks.GetValueOrDefault(DeploymentState.KeyOf(list, check.Name))));

    public Outcome Outcome => Known?.Outcome ?? Outcome.NotEvaluated;
}

/// <summary>The types of the watch after a deployment and of its checks.</summary>
internal static class WatchType
{
    public static ObjectType<CheckAt> CheckType { get; } = new("PostDeploymentCheck") { Description = "Something that has to be true of a release that is out: measured, or attested by a person." };

    public static ObjectType<DeploymentAt> Type { get; } = new("Watch") { Description = "The time that a release is watched once everybody has it. What is missing when it ends stays missing." };

    public static void Define()
    {
        Type.Field("duration", Scalars.String.NonNull(), watch => watch.Terms!.Watch!.Value.Text).Describe("How long it lasts, as the policy writes it.");
        Type.Field("from", LedgerScalars.DateTime, watch => watch.State.FullyOut?.At).Describe("Since when everybody has the release; null before.");
        Type.Field("until", LedgerScalars.DateTime, watch => watch.State.FullyOut is { } fullyOut ? fullyOut.At + watch.Terms!.Watch!.Value.Duration : null).Describe("When it ends, or was to end; null before it begins.");
        Type.Field("outcome", Enums.Outcome, watch => watch.State.Watch?.Outcome).Describe("How it ended: failed if any check failed, passed if every check passed, else not evaluated. Null while it has not ended.");
        Checks(Type, "checks", CheckList.Watch, _ => true).Describe("Every check of it, in the policy's order.");
        Checks(Type, "missing", CheckList.Watch, check => check.Outcome == Outcome.NotEvaluated).Describe("The checks that nothing tells of yet, or that nothing told of when it ended.");
        Type.NullableEventField("event", watch => watch.State.Watch?.Event).Describe("The event that ended it.");

        CheckType.Field("list", DeploymentEnums.CheckList.NonNull(), check => check.List).Describe("Which list of the policy it is from.");
        CheckType.Field("name", Scalars.String.NonNull(), check => check.Check.Name).Describe("Its name there.");
        CheckType.Field("title", Scalars.String.NonNull(), check => check.Check.Title).Describe("What a person calls it.");
        CheckType.Field("metric", Scalars.String, check => check.Check.Measured?.Metric).Describe("The metric that decides it; null where a person attests it.");
        CheckType.Field("comparator", Enums.Comparator, check => check.Check.Measured?.Comparator).Describe("How it is compared.");
        CheckType.Field("threshold", Scalars.String, check => check.Check.Measured?.Threshold.Text).Describe("With what, as the policy writes it.");
        CheckType.Field("outcome", Enums.Outcome.NonNull(), check => check.Outcome).Describe("What it came to; NOT_EVALUATED where nothing came in.");
        CheckType.Field("source", Scalars.String, check => check.Known?.Source).Describe("Where it was looked up.");
        CheckType.Field("value", Scalars.Float, check => check.Known?.Value).Describe("What was measured.");
        CheckType.DataField<CheckAt, WatchEvent.Checked>("unit", Enums.Unit, check => check.Known?.Event, (_, known) => known.Unit).Describe("In what it was measured.");
        CheckType.DataField<CheckAt, WatchEvent.Checked>("note", Scalars.String, check => check.Known?.Event, (_, known) => known.Note).Describe("What was seen, in words.");
        CheckType.Field("supersedes", GateReportType.SupersedesType, check => check.Known?.Supersedes).Describe("The last red one that it, or one before it, stands in place of, and why.");
        CheckType.NullableEventField("event", check => check.Known?.Event).Describe("The event that says so.");
    }

    /// <summary>Adds a field that lists checks.</summary>
    public static FieldDefinition Checks(ObjectType<DeploymentAt> type, string name, CheckList list, Func<CheckAt, bool> keeps) =>
        type.Field(name, CheckType.NonNull().List().NonNull(), deployment => CheckAt.Of(deployment, list).Where(keeps).ToList()).Sized(new ListSize(5, [], [], false));
}
