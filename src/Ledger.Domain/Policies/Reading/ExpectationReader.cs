using System.Text.Json;
using Ledger.Domain.Measurements;

namespace Ledger.Domain.Policies.Reading;

/// <summary>Reads expectations, measured or attested, and what else may be written as its title alone.</summary>
internal static class ExpectationReader
{
    internal static WatchPlan? WatchPlan(JsonValue value) => value.AsObject(watch =>
        new WatchPlan(watch.RequiredDuration("duration"), watch.RequiredList("checks", Expectation)));

    internal static Expectation? Expectation(JsonValue value)
    {
        if (TryTitleOnly(value, out var name, out var title)) return new Expectation(name, title);
        return value.AsObject(expectation =>
        {
            var (given, called) = NameAndTitle(expectation);
            return new Expectation(given, called, expectation.Object("measured", Condition));
        });
    }

    internal static MetricCondition? Condition(JsonValue value) => value.AsObject(condition => new MetricCondition(
        condition.RequiredText("metric"), condition.RequiredChoice<Comparator>("comparator"), condition.RequiredQuantity("threshold")));

    /// <summary>Whether the entry is a plain text such as <c>- AOF enabled</c>: then that is its title, and its name follows from it.</summary>
    internal static bool TryTitleOnly(JsonValue value, out string name, out string title)
    {
        (name, title) = ("", "");
        if (value.Element.ValueKind != JsonValueKind.String) return false;
        title = value.AsText() ?? "";
        name = PolicyName.FromTitle(title);
        return true;
    }

    /// <summary>The name, or what follows from the title; the title, or the name. One of them has to be there.</summary>
    internal static (string Name, string Title) NameAndTitle(JsonMembers entry)
    {
        var title = entry.Text("title");
        var name = title is null ? entry.RequiredText("name") : entry.Text("name") ?? PolicyName.FromTitle(title);
        return (name, title ?? name);
    }
}
