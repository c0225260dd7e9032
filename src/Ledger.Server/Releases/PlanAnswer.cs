using Ledger.Domain.Policies;

namespace Ledger.Server.Releases;

/// <summary>What the release's policy plans, so that its record is understood without the policy at hand.</summary>
/// <param name="Title">What the policy is called.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Steps">The steps of the rollout, in order; none where the policy plans none.</param>
/// <param name="Watch">What is watched once the release is out.</param>
/// <param name="Success">What must be true for it to be a success.</param>
/// <param name="FollowUps">What is done afterwards.</param>
internal sealed record PlanAnswer(
    string Title,
    string? Description,
    IReadOnlyList<DeploymentStep> Steps,
    IReadOnlyList<Expectation> Watch,
    IReadOnlyList<Expectation> Success,
    IReadOnlyList<FollowUp> FollowUps)
{
    public static PlanAnswer Of(Policy policy) => new(
        policy.Title, policy.Description, policy.Deployment?.Steps ?? [], policy.AfterDeployment?.Checks ?? [], policy.Success, policy.Maintenance?.FollowUps ?? []);
}
