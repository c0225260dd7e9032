namespace Ledger.Domain.Policies.Checking;

/// <summary>Everything that people have to do can be done by people who are there, each in one role.</summary>
internal static class PeopleRules
{
    internal static void Check(Policy policy, ProblemSink problems)
    {
        var roles = policy.Roles.GroupBy(role => role.Name, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.First(), StringComparer.Ordinal);
        var before = problems.Count;
        for (var i = 0; i < policy.SignOff.Count; i++) Check(policy.SignOff[i], $"$.signOff[{i}]", roles, problems);
        MayAct(policy.SeparationOfDuties.OpenedBy, "$.separationOfDuties.openedBy", roles, problems);
        MayAct(policy.SeparationOfDuties.ReportedBy, "$.separationOfDuties.reportedBy", roles, problems);

        // Counting people makes sense only once every role is known, and stays cheap only within the limits.
        if (problems.Count == before && policy.SignOff.Count <= PolicyChecker.MaxStages && policy.Roles.Count <= PolicyChecker.MaxRoles) EnoughPeople(policy, roles, problems);

        if (policy.Emergency is { Allowed: true, ApprovalDeadline: null })
            problems.Error(
                PolicyProblemCodes.DeadlineMissing, "$.emergency",
                "Emergency releases need a deadline for their approvals; add 'approvalDeadline'.", "e.g. approvalDeadline: 24h");
        problems.Duration("$.emergency.approvalDeadline", policy.Emergency.ApprovalDeadline);
    }

    private static void Check(SignOffStage stage, string path, Dictionary<string, PolicyRole> roles, ProblemSink problems)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < stage.Roles.Count; i++)
        {
            var name = stage.Roles[i];
            problems.Reference($"{path}.roles[{i}]", name, roles.Keys, "role", PolicyProblemCodes.UnknownRole);
            if (!seen.Add(name))
                problems.Error(PolicyProblemCodes.DuplicateName, $"{path}.roles[{i}]", $"'{name}' stands twice in the stage '{stage.Name}'; each role signs once.");
            if (roles.TryGetValue(name, out var role) && role.Holders is [])
                problems.Error(
                    PolicyProblemCodes.NobodyMayHold, $"{path}.roles[{i}]",
                    $"Nobody may hold the role '{name}', so the stage '{stage.Name}' could wait for ever; name its holders, or leave 'holders' out for anyone enrolled.");
        }

        if (stage.Quorum < 1 || stage.Quorum > seen.Count)
        {
            problems.Error(
                PolicyProblemCodes.Quorum, $"{path}.quorum",
                seen.Count == 0
                    ? $"The stage '{stage.Name}' has no roles that could sign; add some."
                    : $"The stage '{stage.Name}' asks for {stage.Quorum} signatures of {seen.Count} roles; ask for 1 to {seen.Count}.");
        }
    }

    private static void MayAct(IReadOnlyList<string> names, string path, Dictionary<string, PolicyRole> roles, ProblemSink problems)
    {
        for (var i = 0; i < names.Count; i++) problems.Reference($"{path}[{i}]", names[i], roles.Keys, "role", PolicyProblemCodes.UnknownRole);
        if (names.Count > 0 && names.All(name => roles.TryGetValue(name, out var role) && role.Holders is []))
            problems.Error(PolicyProblemCodes.NobodyMayHold, path, $"Nobody may hold {string.Join(" or ", names)}, so nobody could do this; name holders.");
    }

    private static void EnoughPeople(Policy policy, Dictionary<string, PolicyRole> roles, ProblemSink problems)
    {
        var stages = policy.SignOff
            .Select(stage => new DistinctPeople.Task(stage.Quorum, [.. stage.Roles.Select(name => Candidates(roles, [name]))]))
            .ToList();
        var unfilled = DistinctPeople.Unfilled(stages);
        if (unfilled.Count > 0)
        {
            var stage = policy.SignOff[unfilled[0]];
            var people = policy.SignOff.SelectMany(other => other.Roles).SelectMany(name => roles[name].Holders ?? []).Distinct().Order(StringComparer.Ordinal);
            problems.Error(
                PolicyProblemCodes.TooFewPeople, $"$.signOff[{unfilled[0]}]",
                $"The named holders ({string.Join(", ", people)}) cannot fill the stage '{stage.Name}' and the others with distinct people: "
                + "one person acts in one role per release. Name more holders or lower a quorum.");
            return;
        }

        var duties = policy.SeparationOfDuties;
        var opener = duties is { OpenerMaySign: false, OpenedBy.Count: > 0 } ? Candidates(roles, duties.OpenedBy) : null;
        var reporter = duties is { ReporterMaySign: false, ReportedBy.Count: > 0 } ? Candidates(roles, duties.ReportedBy) : null;
        if (opener is null && reporter is null) return;

        // Opening and reporting may be in one hand or in two; either will do.
        var together = opener is null ? reporter : reporter is null ? opener : [.. opener.Intersect(reporter)];
        var apart = new[] { opener, reporter }.Where(candidates => candidates is not null).Select(candidates => new DistinctPeople.Task(1, [candidates]));
        if (DistinctPeople.Unfilled([.. stages, new(1, [together])]).Count > 0 && DistinctPeople.Unfilled([.. stages, .. apart]).Count > 0)
        {
            problems.Error(
                PolicyProblemCodes.TooFewPeople, "$.separationOfDuties",
                "Everyone who may open or report is needed as a signer, and may then not sign; let somebody else open or report, or name more holders.");
        }
    }

    /// <summary>The people who may act in one of some roles; null where anyone enrolled may.</summary>
    private static IReadOnlyList<string>? Candidates(Dictionary<string, PolicyRole> roles, IReadOnlyList<string> names) =>
        names.Any(name => roles[name].Holders is null)
            ? null
            : [.. names.SelectMany(name => roles[name].Holders!).Distinct().Order(StringComparer.Ordinal)];
}
