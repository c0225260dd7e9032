namespace Ledger.Domain.Policies;

/// <summary>x</summary>
public static class PolicyChecker {
/// <summary>x</summary>
 public static IReadOnlyList<PolicyProblem> Check(Policy policy) => []; }
