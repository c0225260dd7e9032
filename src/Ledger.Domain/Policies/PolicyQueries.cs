namespace Ledger.Domain.Policies;

/// <summary>What a decision asks of a policy.</summary>
public static class PolicyQueries
{
    /// <summary>The gate of that name, or null.</summary>
    public static Gate? FindGate(this Policy policy, string name) => policy.Gates.FirstOrDefault(gate => gate.Name == name);

    /// <summary>The NO-GO condition of that name, or null.</summary>
    public static NoGoCondition? FindCondition(this Policy policy, string name) => policy.NoGo.FirstOrDefault(condition => condition.Name == name);

    /// <summary>What a gate asks of one tool's report, in the policy's order.</summary>
    public static IEnumerable<Criterion> CriteriaOf(this Gate gate, string tool) => gate.Criteria.Where(criterion => criterion.Tool == tool);

    /// <summary>What the measurable NO-GO conditions ask of one tool's report, in the policy's order.</summary>
    public static IEnumerable<(string Condition, Criterion Criterion)> ConditionsOf(this Policy policy, string tool) =>
        from condition in policy.NoGo
        from criterion in condition.When
        where criterion.Tool == tool
        select (condition.Name, criterion);
}
