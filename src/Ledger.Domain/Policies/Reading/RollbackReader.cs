using Ledger.Domain.Measurements;

namespace Ledger.Domain.Policies.Reading;

/// <summary>Reads the rollback plan. A rule's kind may be left out: the member that only it has tells it.</summary>
internal static class RollbackReader
{
    private static readonly (string Member, string Kind)[] Telling =
    [
        ("for", RollbackRule.SustainedKind), ("consecutiveFailures", RollbackRule.FailuresInARowKind),
        ("within", RollbackRule.OccurrencesKind), ("timesBaseline", RollbackRule.AboveBaselineKind),
    ];

    internal static RollbackPlan? Plan(JsonValue value) => value.AsObject(plan => new RollbackPlan(
        plan.List("rules", Rule),
        plan.Duration("objective"),
        plan.Text("rehearsalGate"),
        plan.Duration("silenceLimit"),
        plan.Texts("procedures")));

    internal static RollbackRule? Rule(JsonValue value) => value.AsObject<RollbackRule>(rule =>
    {
        var (name, title) = ExpectationReader.NameAndTitle(rule);
        var kind = rule.Text("kind") ?? Telling.FirstOrDefault(telling => rule.Has(telling.Member)).Kind;
        switch (kind)
        {
            case RollbackRule.SustainedKind:
                return new RollbackRule.Sustained(
                    name, title, rule.RequiredText("metric"), rule.RequiredChoice<Comparator>("comparator"), rule.RequiredQuantity("threshold"), rule.RequiredDuration("for"));
            case RollbackRule.FailuresInARowKind:
                return new RollbackRule.FailuresInARow(name, title, rule.RequiredWhole("consecutiveFailures"), rule.Text("analysis"));
            case RollbackRule.OccurrencesKind:
                return new RollbackRule.Occurrences(name, title, rule.RequiredText("metric"), rule.RequiredWhole("moreThan"), rule.RequiredDuration("within"));
            case RollbackRule.AboveBaselineKind:
                return new RollbackRule.AboveBaseline(name, title, rule.RequiredText("metric"), rule.RequiredDecimal("timesBaseline"));
            default:
                rule.RefuseWhole(
                    PolicyProblemCodes.InvalidValue,
                    "This is no kind of rollback rule; give it one of 'for', 'consecutiveFailures', 'within' or 'timesBaseline'.",
                    "e.g. { name: slow, metric: p95_latency, comparator: \">\", threshold: 150ms, for: 5min }");
                return new RollbackRule.FailuresInARow(name, title, 1);
        }
    });
}
