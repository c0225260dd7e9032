using Ledger.Domain.Policies.Checking;

namespace Ledger.Domain.Policies;

/// <summary>
/// Says why a policy could never be satisfied, or could never be evaluated, before it is published: a release pinned to such a policy
/// would stand still for ever, or, worse, somebody would learn to go around it. Pure and deterministic.
/// </summary>
public static class PolicyChecker
{
    /// <summary>The most bytes of JSON a policy may have in its normal form: with its envelope it must fit one leaf of the log, 65,535 bytes.</summary>
    public const int MaxBytes = 60_000;

    /// <summary>The most gates, and the most NO-GO conditions.</summary>
    public const int MaxGates = 100;

    /// <summary>The most criteria, and the most checks, of one gate.</summary>
    public const int MaxDemandsPerGate = 50;

    /// <summary>The most roles.</summary>
    public const int MaxRoles = 100;

    /// <summary>The most sign-off stages.</summary>
    public const int MaxStages = 20;

    /// <summary>Checks a policy.</summary>
    /// <returns>
    /// What has to change (errors), then what its author should know (warnings), at most <see cref="PolicyJson.MaxProblems"/>; empty for a
    /// policy without a flaw.
    /// </returns>
    public static IReadOnlyList<PolicyProblem> Check(Policy policy)
    {
        var problems = new ProblemSink();
        NameRules.Check(policy, problems);
        GateRules.Check(policy, problems);
        NoGoRules.Check(policy, problems);
        PeopleRules.Check(policy, problems);
        DeploymentRules.Check(policy, problems);
        RollbackRules.Check(policy, problems);
        ReportedRules.Check(policy, problems);
        OperationRules.Check(policy, problems);
        SizeRules.Check(policy, problems);
        return problems.ToList();
    }

    /// <summary>Whether the policy may be published: no problem of it is an error.</summary>
    public static bool IsSound(Policy policy) => Check(policy).All(problem => problem.Severity != ProblemSeverity.Error);
}
