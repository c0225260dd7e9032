using Ledger.Intake.Documents;

namespace Ledger.Intake.Readers;

/// <summary>The rules of one SARIF run, and with them the level of a result that states none (section 3.27.10).</summary>
internal sealed class SarifRules
{
    private const string Default = "warning";

    private readonly List<Component> _components = [];

    public SarifRules(Node run)
    {
        var tool = run.Object("tool");
        _components.Add(new Component(tool.Object("driver")));
        _components.AddRange(tool.Objects("extensions").Select(extension => new Component(extension)));
    }

    public string LevelOf(Node result)
    {
        if (result.Text("kind") is not (null or "fail")) return "none";
        if (result.Text("level") is { } level) return level;

        // The rule may be referred to by its index, or by its id, in the driver or in an extension (sections 3.27.5 to 3.27.7, 3.52).
        var reference = result.Object("rule");
        var component = reference.Object("toolComponent").Number("index") is { } number and >= 0 && number + 1 < _components.Count ? _components[(int)number + 1] : _components[0];
        var index = result.Number("ruleIndex") ?? reference.Number("index");
        var id = result.Text("ruleId") ?? reference.Text("id");
        return (index is { } position and >= 0 && position < component.Levels.Count ? component.Levels[(int)position] : LevelOf(id)) ?? Default;
    }

    // A result may name a sub-rule, e.g. CA1000/1 of rule CA1000.
    private string? LevelOf(string? id)
    {
        if (id is null) return null;
        foreach (var component in _components)
        {
            if (component.ById.TryGetValue(id, out var level)) return level;
        }

        var slash = id.LastIndexOf('/');
        return slash > 0 ? LevelOf(id[..slash]) : null;
    }

    private sealed class Component
    {
        public Component(Node component)
        {
            foreach (var rule in component.Objects("rules"))
            {
                var configuration = rule.Object("defaultConfiguration");
                var level = configuration.Text("level");
                Levels.Add(level);
                if (rule.Text("id") is { } id) ById.TryAdd(id, level);
            }
        }

        public List<string?> Levels { get; } = [];

        public Dictionary<string, string?> ById { get; } = new(StringComparer.Ordinal);
    }
}
