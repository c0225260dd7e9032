namespace Ledger.GraphQL.Types;

/// <summary>
/// Finds every type of a schema: those it lists, then what its roots and directives refer to, depth first, introspection last. A stack of
/// its own keeps a long chain of types from overflowing the thread's.
/// </summary>
internal static class TypeCollector
{
    public static IReadOnlyList<NamedType> Collect(SchemaDefinition definition)
    {
        var listed = new HashSet<NamedType>(definition.Types);
        var found = new List<NamedType>();
        var seen = new HashSet<NamedType>();
        foreach (var type in definition.Types) Visit(type, listed, seen, found);
        foreach (var root in new NamedType?[] { definition.Query, definition.Mutation, definition.Subscription })
        {
            if (root is not null) Visit(root, listed, seen, found);
        }

        foreach (var argument in definition.Directives.Concat(SpecifiedDirectives.All).SelectMany(directive => directive.Arguments))
            Visit(argument.Type.Named, listed, seen, found);
        Visit(Introspection.SchemaType, listed, seen, found);
        return found;
    }

    // What is listed keeps its own place, wherever it is referred to first.
    private static void Visit(NamedType start, HashSet<NamedType> listed, HashSet<NamedType> seen, List<NamedType> found)
    {
        var pending = new Stack<NamedType>([start]);
        while (pending.TryPop(out var type))
        {
            if ((type != start && listed.Contains(type)) || !seen.Add(type)) continue;
            found.Add(type);
            foreach (var referred in References(type).Reverse()) pending.Push(referred);
        }
    }

    private static IEnumerable<NamedType> References(NamedType type) => type switch
    {
        UnionType union => union.Types,
        FieldedType fielded => fielded.Interfaces
            .Concat<NamedType>(fielded.Fields.SelectMany(field => field.Arguments.Select(argument => argument.Type.Named).Prepend(field.Type.Named))),
        InputObjectType input => input.Fields.Select(field => field.Type.Named),
        _ => [],
    };
}
