namespace Ledger.GraphQL.Types;

/// <summary>Coerces the defaults of a schema once, so that a request finds them ready (§6.4.1).</summary>
internal static class DefaultValues
{
    public static void Coerce(Schema schema)
    {
        var inProgress = new HashSet<InputValueDefinition>();
        foreach (var input in schema.Types.SelectMany(InputValues).Concat(schema.Directives.SelectMany(directive => directive.Arguments)))
            Coerce(input, inProgress);
    }

    /// <summary>The input values of a type: arguments of its fields, or its own fields.</summary>
    public static IEnumerable<InputValueDefinition> InputValues(NamedType type) => type switch
    {
        FieldedType fielded => fielded.Fields.SelectMany(field => field.Arguments),
        InputObjectType input => input.Fields,
        _ => [],
    };

    // A default may rest on defaults of the input object's fields; those come first. A circle of them is left undefined, and is refused by
    // the schema's rules.
    private static void Coerce(InputValueDefinition input, HashSet<InputValueDefinition> inProgress)
    {
        if (input.DefaultLiteral is null || !input.Default.IsUndefined || !inProgress.Add(input)) return;
        if (input.Type.Named is InputObjectType type) CoerceFields(type, inProgress, []);
        if (LiteralCoercion.TryCoerce(input.DefaultLiteral, input.Type, null, out var value)) input.Default = value;
        inProgress.Remove(input);
    }

    private static void CoerceFields(InputObjectType start, HashSet<InputValueDefinition> inProgress, HashSet<InputObjectType> seen)
    {
        var pending = new Stack<InputObjectType>([start]);
        while (pending.TryPop(out var type))
        {
            if (!seen.Add(type)) continue;
            foreach (var field in type.Fields)
            {
                Coerce(field, inProgress);
                if (field.Type.Named is InputObjectType nested) pending.Push(nested);
            }
        }
    }
}
