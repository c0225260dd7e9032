using System.Collections.Immutable;
using Ledger.GraphQL.Language;
using Ledger.GraphQL.Language.Syntax;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Execution;

/// <summary>How a field comes into the response.</summary>
internal enum FieldKind : byte
{
    /// <summary>Its value is part of its key: <c>__typename</c>.</summary>
    TypeName,

    /// <summary>A resolver writes it.</summary>
    Leaf,

    /// <summary>A resolver gives its value, which is completed at once.</summary>
    Value,

    /// <summary>Its value, or something within it, has to be waited for: it stands in a column before writing begins.</summary>
    Deferred,

    /// <summary>It has no resolver, so it is null.</summary>
    Missing,
}

/// <summary>A field of a selection on one object type, merged of all the places that select it. Immutable but for what is worked out once.</summary>
internal sealed class FieldPlan
{
    private readonly DocumentNode _document;
    private SourceLocation[]? _locations;

    public FieldPlan(DocumentNode document, ObjectType parent, FieldDefinition definition, ImmutableArray<FieldNode> nodes)
    {
        _document = document;
        (Parent, Definition, Nodes) = (parent, definition, nodes);
        Completion = definition.Completion;
        IsNonNull = definition.Type is NonNullType;
        ResponseName = nodes[0].ResponseName;
    }

    public ObjectType Parent { get; }

    public FieldDefinition Definition { get; }

    public ImmutableArray<FieldNode> Nodes { get; }

    public string ResponseName { get; }

    /// <summary>What becomes of its value.</summary>
    public Completion Completion { get; }

    /// <summary>Whether null goes on to its object.</summary>
    public bool IsNonNull { get; }

    /// <summary>What stands before its value: a brace or comma, its name and a colon.</summary>
    public required byte[] Key { get; init; }

    public required FieldKind Kind { get; init; }

    public required ArgumentPlan Arguments { get; init; }

    /// <summary>What is selected of its value; null for a leaf.</summary>
    public required SubSelection? Selection { get; init; }

    /// <summary>Whether something within its value has to be waited for.</summary>
    public required bool IsDeferredBelow { get; init; }

    /// <summary>Its column among the deferred fields of its selection; negative for the others.</summary>
    public required int Column { get; init; }

    /// <summary>Its schema coordinate, such as <c>Release.gates</c>.</summary>
    public string Coordinate => $"{Parent.Name}.{Definition.Name}";

    /// <summary>Where it is selected. Worked out when the first error needs it.</summary>
    public ImmutableArray<SourceLocation> Locations => ImmutableArray.Create(_locations ??= [.. Nodes.Select(_document.LocationOf)]);

    public SourceLocation LocationOf(Node node) => _document.LocationOf(node);
}

/// <summary>The fields selected of one object type, in the order of the response (<c>CollectFields</c>, §6.3.2).</summary>
/// <param name="type">The object type.</param>
/// <param name="fields">At least one, unless all are skipped.</param>
internal sealed class SelectionPlan(ObjectType type, FieldPlan[] fields)
{
    public ObjectType Type { get; } = type;

    public FieldPlan[] Fields { get; } = fields;

    /// <summary>Those whose values are waited for; <see cref="FieldPlan.Column"/> is the index here.</summary>
    public FieldPlan[] Deferred { get; } = [.. fields.Where(field => field.Kind == FieldKind.Deferred)];
}
