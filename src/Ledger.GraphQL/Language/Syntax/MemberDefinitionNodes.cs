using System.Collections.Immutable;

namespace Ledger.GraphQL.Language.Syntax;

/// <summary>A field of an object type or of an interface (§3.6).</summary>
/// <param name="description">The description; null when there is none.</param>
/// <param name="name">Its name.</param>
/// <param name="arguments">What it takes.</param>
/// <param name="type">Its type.</param>
/// <param name="directives">In the order written; empty when there are none.</param>
/// <param name="start">See <see cref="Node.Start"/>.</param>
public sealed class FieldDefinitionNode(StringValueNode? description, NameNode name, ImmutableArray<InputValueDefinitionNode> arguments, TypeNode type, ImmutableArray<DirectiveNode> directives, int start)
    : Node(start)
{
    /// <inheritdoc/>
    public override NodeKind Kind => NodeKind.FieldDefinition;

    /// <summary>The description; null when there is none.</summary>
    public StringValueNode? Description { get; } = description;

    /// <summary>Its name.</summary>
    public NameNode Name { get; } = name;

    /// <summary>What it takes.</summary>
    public ImmutableArray<InputValueDefinitionNode> Arguments { get; } = arguments;

    /// <summary>Its type.</summary>
    public TypeNode Type { get; } = type;

    /// <summary>In the order written; empty when there are none.</summary>
    public ImmutableArray<DirectiveNode> Directives { get; } = directives;
}

/// <summary>An argument, or a field of an input object (§3.6.1, §3.10).</summary>
/// <param name="description">The description; null when there is none.</param>
/// <param name="name">Its name.</param>
/// <param name="type">Its type.</param>
/// <param name="defaultValue">A constant; null when there is none.</param>
/// <param name="directives">In the order written; empty when there are none.</param>
/// <param name="start">See <see cref="Node.Start"/>.</param>
public sealed class InputValueDefinitionNode(StringValueNode? description, NameNode name, TypeNode type, ValueNode? defaultValue, ImmutableArray<DirectiveNode> directives, int start)
    : Node(start)
{
    /// <inheritdoc/>
    public override NodeKind Kind => NodeKind.InputValueDefinition;

    /// <summary>The description; null when there is none.</summary>
    public StringValueNode? Description { get; } = description;

    /// <summary>Its name.</summary>
    public NameNode Name { get; } = name;

    /// <summary>Its type.</summary>
    public TypeNode Type { get; } = type;

    /// <summary>A constant; null when there is none.</summary>
    public ValueNode? DefaultValue { get; } = defaultValue;

    /// <summary>In the order written; empty when there are none.</summary>
    public ImmutableArray<DirectiveNode> Directives { get; } = directives;
}

/// <summary>A value of an enum (§3.9).</summary>
/// <param name="description">The description; null when there is none.</param>
/// <param name="name">Its name.</param>
/// <param name="directives">In the order written; empty when there are none.</param>
/// <param name="start">See <see cref="Node.Start"/>.</param>
public sealed class EnumValueDefinitionNode(StringValueNode? description, NameNode name, ImmutableArray<DirectiveNode> directives, int start)
    : Node(start)
{
    /// <inheritdoc/>
    public override NodeKind Kind => NodeKind.EnumValueDefinition;

    /// <summary>The description; null when there is none.</summary>
    public StringValueNode? Description { get; } = description;

    /// <summary>Its name.</summary>
    public NameNode Name { get; } = name;

    /// <summary>In the order written; empty when there are none.</summary>
    public ImmutableArray<DirectiveNode> Directives { get; } = directives;
}
