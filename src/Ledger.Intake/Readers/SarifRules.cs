using Ledger.Intake.Documents;

namespace Ledger.Intake.Readers;

/// <summary>The rules of one SARIF run, and with them the level of a result that states none (section 3.27.10).</summary>
internal sealed class SarifRules
{
    private const string Default = "warning";

    private readonly List<Component> _components = [];
    private readonly List<List<Node>> _overrides;

    public SarifRules(Node run)
    {
        var tool = run.Object("tool");
        _components.Add(new Component(tool.Object("driver")));
        _components.AddRange(tool.Objects("extensions").Select(extension => new Component(extension)));
        _overrides = [.. run.Objects("invocations").Select(invocation => invocation.Objects("ruleConfigurationOverrides").ToList())];
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
        return Override(result, index, id) ?? (index is { } position and >= 0 && position < component.Levels.Count ? component.Levels[(int)position] : LevelOf(id)) ?? Default;
    }

    // What the invocation that gave the result configured (section 3.20.5) goes before what the rule says of itself.
    private string? Override(Node result, double? index, string? id)
    {
        if (result.Object("provenance").Number("invocationIndex") is not { } invocation || invocation < 0 || invocation >= _overrides.Count) return null;
        foreach (var entry in _overrides[(int)invocation])
        {
            var descriptor = entry.Object("descriptor");
            if ((index is not null && descriptor.Number("index") == index) || (id is not null && descriptor.Text("id") == id))
                return entry.Object("configuration").Text("level");
        }

        return null;
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
