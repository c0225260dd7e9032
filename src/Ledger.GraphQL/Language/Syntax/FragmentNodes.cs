using System.Collections.Immutable;

namespace Ledger.GraphQL.Language.Syntax;

/// <summary>The use of a fragment (§2.8).</summary>
/// <param name="name">The fragment's name.</param>
/// <param name="directives">In the order written; empty when there are none.</param>
/// <param name="start">See <see cref="Node.Start"/>.</param>
public sealed class FragmentSpreadNode(NameNode name, ImmutableArray<DirectiveNode> directives, int start)
    : SelectionNode(directives, start)
{
    /// <inheritdoc/>
    public override NodeKind Kind => NodeKind.FragmentSpread;

    /// <summary>The fragment's name.</summary>
    public NameNode Name { get; } = name;
}

/// <summary>A selection under a type condition, a directive, or both (§2.8.2).</summary>
/// <param name="typeCondition">The type it is for; null for the type it stands in.</param>
/// <param name="directives">In the order written; empty when there are none.</param>
/// <param name="selectionSet">What it selects.</param>
/// <param name="start">See <see cref="Node.Start"/>.</param>
public sealed class InlineFragmentNode(NamedTypeNode? typeCondition, ImmutableArray<DirectiveNode> directives, SelectionSetNode selectionSet, int start)
    : SelectionNode(directives, start)
{
    /// <inheritdoc/>
    public override NodeKind Kind => NodeKind.InlineFragment;

    /// <summary>The type it is for; null for the type it stands in.</summary>
    public NamedTypeNode? TypeCondition { get; } = typeCondition;

    /// <summary>What it selects.</summary>
    public SelectionSetNode SelectionSet { get; } = selectionSet;
}

/// <summary>A fragment (§2.8).</summary>
/// <param name="description">The description; null when there is none.</param>
/// <param name="name">Its name, never <c>on</c>.</param>
/// <param name="typeCondition">The type it is for.</param>
/// <param name="directives">In the order written; empty when there are none.</param>
/// <param name="selectionSet">What it selects.</param>
/// <param name="start">See <see cref="Node.Start"/>.</param>
public sealed class FragmentDefinitionNode(StringValueNode? description, NameNode name, NamedTypeNode typeCondition, ImmutableArray<DirectiveNode> directives, SelectionSetNode selectionSet, int start)
    : DefinitionNode(start)
{
    /// <inheritdoc/>
    public override NodeKind Kind => NodeKind.FragmentDefinition;

    /// <summary>The description; null when there is none.</summary>
    public StringValueNode? Description { get; } = description;

    /// <summary>Its name, never <c>on</c>.</summary>
    public NameNode Name { get; } = name;

    /// <summary>The type it is for.</summary>
    public NamedTypeNode TypeCondition { get; } = typeCondition;

    /// <summary>In the order written; empty when there are none.</summary>
    public ImmutableArray<DirectiveNode> Directives { get; } = directives;

    /// <summary>What it selects.</summary>
    public SelectionSetNode SelectionSet { get; } = selectionSet;
}
