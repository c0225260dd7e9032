using Ledger.Domain.Deployments;
using Ledger.GraphQL.Types;
using Ledger.Store.Releases;

namespace Ledger.Server.GraphQL.Deployments;

/// <summary>Releases, by their way to their users.</summary>
internal static class DeploymentFilter
{
    public static InputObjectType Type { get; } = new InputObjectType("DeploymentFilter") { Description = "How a release went on its way to its users. What happened in an earlier attempt counts too." }
        .Field("phase", DeploymentEnums.Phase.NonNull().List(), description: "In one of these phases, in which its newest attempt is. It is judged when it is asked, as the verdict is.")
        .Field("rolledBack", Scalars.Boolean, description: "That were rolled back, or that were not.")
        .Field("deviations", Scalars.Boolean, description: "With something that happened against the plan or the policy, or without.")
        .Field("deviation", Scalars.String, description: "With a deviation of this code, such as `outside_window`.")
        .Field("triggered", Scalars.Boolean, description: "For which a rollback rule fired, or none did.")
        .Field("rule", Scalars.String, description: "For which the rollback rule of this name fired.");

    /// <summary>What was given; null for nothing.</summary>
    public static DeploymentSearch? Of(InputValues? given) => given is null ? null : new DeploymentSearch
    {
        Phases = given["phase"].IsNullOrUndefined ? null : given.GetList<DeploymentPhase>("phase"),
        RolledBack = given.Get<bool?>("rolledBack"),
        Deviations = given.Get<bool?>("deviations"),
        Deviation = given.Get<string>("deviation"),
        Triggered = given.Get<bool?>("triggered"),
        Rule = given.Get<string>("rule"),
    };
}
