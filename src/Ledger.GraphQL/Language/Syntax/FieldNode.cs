using System.Collections.Immutable;

namespace Ledger.GraphQL.Language.Syntax;

/// <summary>A field (§2.5).</summary>
/// <param name="alias">What the response calls it; null when that is its name.</param>
/// <param name="name">The field of the type.</param>
/// <param name="arguments">In the order written.</param>
/// <param name="directives">In the order written; empty when there are none.</param>
/// <param name="selectionSet">What is selected of its value; null for a leaf.</param>
/// <param name="start">See <see cref="Node.Start"/>.</param>
public sealed class FieldNode(NameNode? alias, NameNode name, ImmutableArray<ArgumentNode> arguments, ImmutableArray<DirectiveNode> directives, SelectionSetNode? selectionSet, int start)
    : SelectionNode(directives, start)
{
    /// <inheritdoc/>
    public override NodeKind Kind => NodeKind.Field;

    /// <summary>What the response calls it; null when that is its name.</summary>
    public NameNode? Alias { get; } = alias;

    /// <summary>The field of the type.</summary>
    public NameNode Name { get; } = name;

    /// <summary>In the order written.</summary>
    public ImmutableArray<ArgumentNode> Arguments { get; } = arguments;

    /// <summary>What is selected of its value; null for a leaf.</summary>
    public SelectionSetNode? SelectionSet { get; } = selectionSet;

    /// <summary>What the response calls it: the alias, or else the name (§2.7).</summary>
    public string ResponseName => (Alias ?? Name).Value;
}

/// <summary>An argument of a field or of a directive (§2.6).</summary>
/// <param name="name">Its name.</param>
/// <param name="value">Its value.</param>
/// <param name="start">See <see cref="Node.Start"/>.</param>
public sealed class ArgumentNode(NameNode name, ValueNode value, int start) : Node(start)
{
    /// <inheritdoc/>
    public override NodeKind Kind => NodeKind.Argument;

    /// <summary>Its name.</summary>
    public NameNode Name { get; } = name;

    /// <summary>Its value.</summary>
    public ValueNode Value { get; } = value;
}
