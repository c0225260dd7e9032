using System.Text.RegularExpressions;

namespace Ledger.Domain.Policies.Checking;

/// <summary>What surrounds a release: watching, targets, the window, contacts, monitoring.</summary>
internal static partial class OperationRules
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    internal static void Check(Policy policy, ProblemSink problems)
    {
        if (policy.AfterDeployment is { } watch)
        {
            problems.Duration("$.afterDeployment.duration", watch.Duration);
            if (watch.Checks.Count == 0)
                problems.Error(
                    PolicyProblemCodes.NothingToPass, "$.afterDeployment.checks",
                    "Nothing would be watched; add a check or leave 'afterDeployment' out.");
            Expectations(watch.Checks, "$.afterDeployment.checks", problems);
        }

        Expectations(policy.Success, "$.success", problems);
        Expectations(policy.Objectives, "$.objectives", problems);
        if (policy.Maintenance is { } maintenance) Maintenance(maintenance, problems);
        if (policy.Monitoring is { } monitoring) Monitoring(monitoring, problems);
        for (var i = 0; i < policy.Procedures.Count; i++) problems.Duration($"$.procedures[{i}].objective", policy.Procedures[i].Objective);

        var endpoints = policy.Architecture?.Endpoints ?? [];
        for (var i = 0; i < endpoints.Count; i++)
        {
            if (!Methods.Contains(endpoints[i].Method))
                problems.Error(
                    PolicyProblemCodes.InvalidValue, $"$.architecture.endpoints[{i}].method",
                    $"'{endpoints[i].Method}' is no HTTP method; use one of {string.Join(", ", Methods)}.");
            if (!endpoints[i].Path.StartsWith('/'))
                problems.Error(PolicyProblemCodes.InvalidValue, $"$.architecture.endpoints[{i}].path", $"'{endpoints[i].Path}' is no path; begin it with '/'.");
        }
    }

    private static void Expectations(IReadOnlyList<Expectation> expectations, string path, ProblemSink problems)
    {
        for (var i = 0; i < expectations.Count; i++)
        {
            if (expectations[i].Measured is { } measured) problems.RuntimeMetric($"{path}[{i}].measured.metric", measured.Metric, measured.Threshold);
        }
    }

    private static void Maintenance(MaintenancePlan plan, ProblemSink problems)
    {
        const string path = "$.maintenance";
        if (plan.Window is { } window)
        {
            problems.Duration($"{path}.window.duration", window.Duration);
            problems.Duration($"{path}.window.decisionLead", window.DecisionLead);
            if (window.StartsAt is { } time && !TimeOfDay().IsMatch(time))
                problems.Error(PolicyProblemCodes.InvalidValue, $"{path}.window.startsAt", $"'{time}' is no time of day; write it as HH:mm in UTC.", "e.g. 01:00");
        }

        for (var i = 0; i < plan.Tasks.Count; i++) problems.Duration($"{path}.tasks[{i}].every", plan.Tasks[i].Every);
        for (var i = 0; i < plan.FollowUps.Count; i++) problems.Duration($"{path}.followUps[{i}].due", plan.FollowUps[i].Due);
        for (var i = 0; i < plan.Contacts.Count; i++)
        {
            var contact = plan.Contacts[i];
            Impersonal(contact.Title, $"{path}.contacts[{i}].title", problems);
            Impersonal(contact.Person, $"{path}.contacts[{i}].person", problems);
            Impersonal(contact.Backup, $"{path}.contacts[{i}].backup", problems);
        }

        for (var i = 0; i < plan.Escalation.Count; i++) Impersonal(plan.Escalation[i], $"{path}.escalation[{i}]", problems);
        for (var i = 0; i < plan.Distribution.Count; i++) Impersonal(plan.Distribution[i], $"{path}.distribution[{i}]", problems);
    }

    private static void Monitoring(MonitoringPlan plan, ProblemSink problems)
    {
        const string path = "$.monitoring";
        var (metrics, environments) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        for (var i = 0; i < plan.Metrics.Count; i++)
        {
            problems.RuntimeMetric($"{path}.metrics[{i}].name", plan.Metrics[i].Name);
            if (!metrics.Add(plan.Metrics[i].Name))
                problems.Error(
                    PolicyProblemCodes.DuplicateName, $"{path}.metrics[{i}].name",
                    $"'{plan.Metrics[i].Name}' already names another metric; choose another name.");
        }

        for (var i = 0; i < plan.Alerts.Count; i++)
        {
            var alert = plan.Alerts[i];
            if (alert.When is { } when) problems.RuntimeMetric($"{path}.alerts[{i}].when.metric", when.Metric, when.Threshold);
            problems.Duration($"{path}.alerts[{i}].for", alert.For);
            problems.Duration($"{path}.alerts[{i}].within", alert.Within);
            if (alert is { When: null } and ({ For: not null } or { Within: not null }))
                problems.Error(
                    PolicyProblemCodes.MissingMember, $"{path}.alerts[{i}]",
                    $"The alert '{alert.Name}' has a span of time but no 'when'; say what fires it.");
        }

        for (var i = 0; i < plan.Scrapes.Count; i++)
        {
            problems.Duration($"{path}.scrapes[{i}].interval", plan.Scrapes[i].Interval);
            if (!environments.Add(plan.Scrapes[i].Environment))
                problems.Error(
                    PolicyProblemCodes.DuplicateName, $"{path}.scrapes[{i}].environment",
                    $"'{plan.Scrapes[i].Environment}' stands twice; give each environment one interval.");
        }

        problems.Duration($"{path}.retention", plan.Retention);
    }

    private static void Impersonal(string? text, string path, ProblemSink problems)
    {
        if (text is not null && NumberOrAddress().IsMatch(text))
            problems.Error(
                PolicyProblemCodes.PersonalData, path,
                "Telephone numbers and e-mail addresses stay out of the log, which forgets nothing; name the role or the person only.");
    }

    [GeneratedRegex(@"^([01]\d|2[0-3]):[0-5]\d\z", RegexOptions.CultureInvariant)]
    private static partial Regex TimeOfDay();

    [GeneratedRegex(@"\S@\S|\+\d[\d ().-]{5,}|\d[\d ().-]{6,}\d", RegexOptions.CultureInvariant)]
    private static partial Regex NumberOrAddress();
}
