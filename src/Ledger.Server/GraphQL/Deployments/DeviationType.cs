using Ledger.Domain.Deployments;
using Ledger.GraphQL.Types;
using Ledger.Server.GraphQL.Values;

namespace Ledger.Server.GraphQL.Deployments;

/// <summary>Something that happened against the plan or the policy.</summary>
internal sealed record DeviationAt(DeploymentAt Deployment, DeviationState Deviation) : IDeploymentPart;

/// <summary>The type of deviations.</summary>
internal static class DeviationType
{
    public static ObjectType<DeviationAt> Type { get; } = new("Deviation")
    {
        Description = "Something happened that the plan or the policy does not allow, and could not be refused any more. It never goes away, and a release with one is NO_GO.",
    };

    public static void Define()
    {
        Type.Field("code", Scalars.String.NonNull(), deviation => deviation.Deviation.Code).Describe("What would have refused it: stable, such as `outside_window`.");
        Type.Field("message", Scalars.String.NonNull(), deviation => deviation.Deviation.Message).Describe("What was wrong, the newest time.");
        Type.Field("subject", Scalars.String, deviation => deviation.Deviation.Subject).Describe("The step, or what else it is about.");
        Type.Field("count", Scalars.Int.NonNull(), deviation => deviation.Deviation.Count).Describe("How often it was recorded.");
        Type.DataField<DeviationAt, DeploymentEvent.DeviationRecorded>("at", LedgerScalars.DateTime.NonNull(), deviation => deviation.Deviation.Event, (_, recorded) => recorded.Observed.At).Describe("When it happened the newest time, by the source's clock.");
        Type.DataField<DeviationAt, DeploymentEvent.DeviationRecorded>("source", Scalars.String.NonNull(), deviation => deviation.Deviation.Event, (_, recorded) => recorded.Observed.Source).Describe("Who saw it.");
        Type.EventField("event", deviation => deviation.Deviation.Event).Describe("The newest event that says so.");
    }
}
