namespace Ledger.Domain.Policies.Checking;

/// <summary>A policy fits into one event, and its parts stay few enough to be read.</summary>
internal static class SizeRules
{
    internal static void Check(Policy policy, ProblemSink problems)
    {
        Limit(policy.Gates.Count, PolicyChecker.MaxGates, "$.gates", "gates", problems);
        Limit(policy.NoGo.Count, PolicyChecker.MaxGates, "$.noGo", "NO-GO conditions", problems);
        Limit(policy.Roles.Count, PolicyChecker.MaxRoles, "$.roles", "roles", problems);
        Limit(policy.SignOff.Count, PolicyChecker.MaxStages, "$.signOff", "sign-off stages", problems);
        for (var i = 0; i < policy.Gates.Count; i++)
        {
            Limit(policy.Gates[i].Criteria.Count, PolicyChecker.MaxDemandsPerGate, $"$.gates[{i}].criteria", "criteria", problems);
            Limit(policy.Gates[i].Checks.Count, PolicyChecker.MaxDemandsPerGate, $"$.gates[{i}].checks", "checks", problems);
        }

        for (var i = 0; i < policy.NoGo.Count; i++)
            Limit(policy.NoGo[i].When.Count, PolicyChecker.MaxDemandsPerGate, $"$.noGo[{i}].when", "conditions", problems);

        var bytes = PolicyJson.Write(policy).Length;
        if (bytes > PolicyChecker.MaxBytes)
            problems.Error(
                PolicyProblemCodes.TooLarge, "$",
                $"The policy has {bytes} bytes in its normal form; shorten it to {PolicyChecker.MaxBytes}, or split it by service.");
    }

    private static void Limit(int count, int limit, string path, string what, ProblemSink problems)
    {
        if (count > limit) problems.Error(PolicyProblemCodes.TooLarge, path, $"There are {count} {what}; keep to {limit} or fewer.");
    }
}
