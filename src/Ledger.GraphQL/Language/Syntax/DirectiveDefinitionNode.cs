using System.Collections.Immutable;

namespace Ledger.GraphQL.Language.Syntax;

/// <summary>A directive (§3.13).</summary>
/// <param name="description">The description; null when there is none.</param>
/// <param name="name">Its name, without the sign.</param>
/// <param name="arguments">What it takes.</param>
/// <param name="isRepeatable">Whether it may stand more than once at a place.</param>
/// <param name="locations">Where it may stand: names of <c>DirectiveLocation</c>.</param>
/// <param name="start">See <see cref="Node.Start"/>.</param>
public sealed class DirectiveDefinitionNode(StringValueNode? description, NameNode name, ImmutableArray<InputValueDefinitionNode> arguments, bool isRepeatable, ImmutableArray<NameNode> locations, int start)
    : TypeSystemNode(description, [], isExtension: false, start)
{
    /// <inheritdoc/>
    public override NodeKind Kind => NodeKind.DirectiveDefinition;

    /// <summary>Its name, without the sign.</summary>
    public NameNode Name { get; } = name;

    /// <summary>What it takes.</summary>
    public ImmutableArray<InputValueDefinitionNode> Arguments { get; } = arguments;

    /// <summary>Whether it may stand more than once at a place.</summary>
    public bool IsRepeatable { get; } = isRepeatable;

    /// <summary>Where it may stand: names of <c>DirectiveLocation</c>.</summary>
    public ImmutableArray<NameNode> Locations { get; } = locations;
}
