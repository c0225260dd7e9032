namespace Ledger.Domain.Policies.Checking;

/// <summary>Every name is in the alphabet and stands for one thing.</summary>
internal static class NameRules
{
    internal static void Check(Policy policy, ProblemSink problems)
    {
        Alphabet(policy.Name, "$.name", problems);
        for (var i = 0; i < policy.Services.Count; i++)
        {
            if (!PolicyName.IsService(policy.Services[i])) Alphabet(policy.Services[i], $"$.services[{i}]", problems);
        }

        // Gates and NO-GO conditions share one namespace: evidence and waivers name them without saying which they are.
        Unique(
            [.. Named("$.gates", policy.Gates, gate => gate.Name), .. Named("$.noGo", policy.NoGo, noGo => noGo.Name)], "gate or NO-GO condition", problems);
        for (var i = 0; i < policy.Gates.Count; i++)
            Unique(Named($"$.gates[{i}].checks", policy.Gates[i].Checks, check => check.Name), "check of this gate", problems);

        Unique(Named("$.roles", policy.Roles, role => role.Name), "role", problems);
        Unique(Named("$.signOff", policy.SignOff, stage => stage.Name), "sign-off stage", problems);
        Unique(Named("$.deployment.steps", policy.Deployment?.Steps, step => step.Name), "step", problems);
        Unique(Named("$.analyses", policy.Analyses, analysis => analysis.Name), "analysis", problems);
        Unique(Named("$.rollback.rules", policy.Rollback?.Rules, rule => rule.Name), "rollback rule", problems);
        Unique(Named("$.afterDeployment.checks", policy.AfterDeployment?.Checks, check => check.Name), "check after deployment", problems);
        Unique(Named("$.success", policy.Success, success => success.Name), "success criterion", problems);
        Unique(Named("$.objectives", policy.Objectives, objective => objective.Name), "objective", problems);
        Unique(Named("$.maintenance.tasks", policy.Maintenance?.Tasks, task => task.Name), "task", problems);
        Unique(Named("$.maintenance.followUps", policy.Maintenance?.FollowUps, followUp => followUp.Name), "follow-up", problems);
        Unique(Named("$.monitoring.dashboards", policy.Monitoring?.Dashboards, dashboard => dashboard.Name), "dashboard", problems);
        Unique(Named("$.monitoring.alerts", policy.Monitoring?.Alerts, alert => alert.Name), "alert", problems);
        Unique(Named("$.architecture.components", policy.Architecture?.Components, component => component.Name), "component", problems);
        Unique(Named("$.procedures", policy.Procedures, procedure => procedure.Name), "procedure", problems);
    }

    private static List<(string Name, string Path)> Named<T>(string path, IReadOnlyList<T>? items, Func<T, string> name) =>
        [.. (items ?? []).Select((item, i) => (name(item), $"{path}[{i}].name"))];

    private static void Unique(List<(string Name, string Path)> named, string what, ProblemSink problems)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, path) in named)
        {
            Alphabet(name, path, problems);
            if (!seen.Add(name))
                problems.Error(PolicyProblemCodes.DuplicateName, path, $"'{name}' already names another {what}; choose another name.");
        }
    }

    private static void Alphabet(string name, string path, ProblemSink problems)
    {
        if (PolicyName.IsValid(name)) return;
        var suggestion = PolicyName.FromTitle(name);
        problems.Error(
            PolicyProblemCodes.InvalidName, path,
            $"'{(name.Length <= 80 ? name : name[..80])}' cannot be a name; use lower-case letters, digits, '-' and '.', 1 to {PolicyName.MaxLength}, first a letter or a digit.",
            suggestion.Length > 0 ? $"e.g. {suggestion}" : null);
    }
}
