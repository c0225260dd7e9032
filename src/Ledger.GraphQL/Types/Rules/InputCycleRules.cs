using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Types;

/// <summary>
/// Input objects that no finite value could be given for (§3.10, circular references; §3.10.1), and defaults that lead back to themselves.
/// </summary>
internal static class InputCycleRules
{
    public static void Check(SchemaRules rules)
    {
        var inputs = rules.Schema.Types.OfType<InputObjectType>().ToList();
        var finite = FindFinite(inputs);
        var seen = new HashSet<InputObjectType>(finite);
        foreach (var type in inputs.Where(type => !seen.Contains(type))) ReportCycle(rules, type, finite, seen);
        foreach (var (type, field) in inputs.SelectMany(type => type.Fields.Select(field => (type, field))))
        {
            if (field.DefaultLiteral is not null && LeadsBack(field))
                rules.Report($"Invalid circular reference. The default value of Input Object field {type}.{field.Name} references itself.", field.Syntax?.DefaultValue);
        }
    }

    // Grows from the types that need no other, until no more are found.
    private static HashSet<InputObjectType> FindFinite(List<InputObjectType> inputs)
    {
        var finite = new HashSet<InputObjectType>();
        while (inputs.Any(type => !finite.Contains(type) && IsFinite(type, finite) && finite.Add(type)))
        {
            // The condition does the work.
        }

        return finite;
    }

    private static bool IsFinite(InputObjectType type, HashSet<InputObjectType> finite)
    {
        bool IsReachable(InputValueDefinition field) => Needs(type, field) is not { } target || finite.Contains(target);
        return type.IsOneOf ? type.Fields.Count == 0 || type.Fields.Any(IsReachable) : type.Fields.All(IsReachable);
    }

    // The input object that a value of the field cannot do without; null when there is a way round it, by null or an empty list.
    private static InputObjectType? Needs(InputObjectType type, InputValueDefinition field) =>
        (type.IsOneOf ? field.Type : (field.Type as NonNullType)?.OfType) as InputObjectType;

    // Whatever is not finite needs something else that is not, so following that comes round; a circle that was reported is left.
    private static void ReportCycle(SchemaRules rules, InputObjectType start, HashSet<InputObjectType> finite, HashSet<InputObjectType> seen)
    {
        var path = new List<(InputObjectType Type, InputValueDefinition Field)>();
        var type = start;
        while (seen.Add(type))
        {
            var field = type.Fields.First(field => Needs(type, field) is { } target && !finite.Contains(target));
            path.Add((type, field));
            type = Needs(type, field)!;
        }

        var cycle = path.SkipWhile(step => step.Type != type).ToList();
        if (cycle.Count == 0) return;
        Node?[] nodes = [.. cycle.Select(step => step.Field.Syntax)];
        rules.Report(
            $"Input Object {type} cannot be provided a finite value because it references itself through fields: {string.Join(", ", cycle.Select(step => $"{step.Type}.{step.Field.Name}"))}.",
            nodes);
    }

    // Follows the defaults that coercing a field's default brings in.
    private static bool LeadsBack(InputValueDefinition start)
    {
        var seen = new HashSet<InputValueDefinition>();
        var pending = new Stack<InputValueDefinition>([start]);
        while (pending.TryPop(out var field))
        {
            foreach (var next in Implied(field.DefaultLiteral!, field.Type.Named))
            {
                if (next == start) return true;
                if (seen.Add(next)) pending.Push(next);
            }
        }

        return false;
    }

    private static IEnumerable<InputValueDefinition> Implied(ValueNode literal, NamedType type) => (literal, type) switch
    {
        (ListValueNode list, _) => list.Values.SelectMany(item => Implied(item, type)),
        (ObjectValueNode given, InputObjectType input) => input.Fields.SelectMany(field =>
            given.Fields.FirstOrDefault(each => each.Name.Value == field.Name) is { } value ? Implied(value.Value, field.Type.Named)
            : field.DefaultLiteral is not null && field.Type.Named is InputObjectType ? [field]
            : Enumerable.Empty<InputValueDefinition>()),
        _ => [],
    };
}
