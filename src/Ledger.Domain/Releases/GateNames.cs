using Ledger.Domain.Policies;

namespace Ledger.Domain.Releases;

/// <summary>What to answer when a policy has no such gate.</summary>
internal static class GateNames
{
    public static Decision Unknown(string name, Policy policy) => Decision.Refuse(
        "gate_unknown",
        $"the policy '{policy.Name}' has no gate '{(name.Length <= 80 ? name : name[..80] + "…")}'",
        $"it has: {string.Join(", ", policy.Gates.Select(gate => gate.Name).Concat(policy.NoGo.Select(condition => condition.Name)))}");
}
