using System.Collections.Immutable;

namespace Ledger.GraphQL.Language.Syntax;

/// <summary>A scalar (§3.5).</summary>
/// <param name="description">The description; null when there is none.</param>
/// <param name="name">The type's name.</param>
/// <param name="directives">In the order written; empty when there are none.</param>
/// <param name="isExtension">Whether it follows <c>extend</c>.</param>
/// <param name="start">See <see cref="Node.Start"/>.</param>
public sealed class ScalarTypeDefinitionNode(StringValueNode? description, NameNode name, ImmutableArray<DirectiveNode> directives, bool isExtension, int start)
    : TypeDefinitionNode(description, name, directives, isExtension, start)
{
    /// <inheritdoc/>
    public override NodeKind Kind => IsExtension ? NodeKind.ScalarTypeExtension : NodeKind.ScalarTypeDefinition;
}

/// <summary>An object type (§3.6).</summary>
/// <param name="description">The description; null when there is none.</param>
/// <param name="name">The type's name.</param>
/// <param name="interfaces">What it implements.</param>
/// <param name="directives">In the order written; empty when there are none.</param>
/// <param name="fields">Its fields; may be empty.</param>
/// <param name="isExtension">Whether it follows <c>extend</c>.</param>
/// <param name="start">See <see cref="Node.Start"/>.</param>
public sealed class ObjectTypeDefinitionNode(StringValueNode? description, NameNode name, ImmutableArray<NamedTypeNode> interfaces, ImmutableArray<DirectiveNode> directives, ImmutableArray<FieldDefinitionNode> fields, bool isExtension, int start)
    : TypeDefinitionNode(description, name, directives, isExtension, start)
{
    /// <inheritdoc/>
    public override NodeKind Kind => IsExtension ? NodeKind.ObjectTypeExtension : NodeKind.ObjectTypeDefinition;

    /// <summary>What it implements.</summary>
    public ImmutableArray<NamedTypeNode> Interfaces { get; } = interfaces;

    /// <summary>Its fields; may be empty.</summary>
    public ImmutableArray<FieldDefinitionNode> Fields { get; } = fields;
}

/// <summary>An interface (§3.7).</summary>
/// <param name="description">The description; null when there is none.</param>
/// <param name="name">The type's name.</param>
/// <param name="interfaces">What it implements.</param>
/// <param name="directives">In the order written; empty when there are none.</param>
/// <param name="fields">Its fields; may be empty.</param>
/// <param name="isExtension">Whether it follows <c>extend</c>.</param>
/// <param name="start">See <see cref="Node.Start"/>.</param>
public sealed class InterfaceTypeDefinitionNode(StringValueNode? description, NameNode name, ImmutableArray<NamedTypeNode> interfaces, ImmutableArray<DirectiveNode> directives, ImmutableArray<FieldDefinitionNode> fields, bool isExtension, int start)
    : TypeDefinitionNode(description, name, directives, isExtension, start)
{
    /// <inheritdoc/>
    public override NodeKind Kind => IsExtension ? NodeKind.InterfaceTypeExtension : NodeKind.InterfaceTypeDefinition;

    /// <summary>What it implements.</summary>
    public ImmutableArray<NamedTypeNode> Interfaces { get; } = interfaces;

    /// <summary>Its fields; may be empty.</summary>
    public ImmutableArray<FieldDefinitionNode> Fields { get; } = fields;
}

/// <summary>A union (§3.8).</summary>
/// <param name="description">The description; null when there is none.</param>
/// <param name="name">The type's name.</param>
/// <param name="directives">In the order written; empty when there are none.</param>
/// <param name="types">Its members; may be empty.</param>
/// <param name="isExtension">Whether it follows <c>extend</c>.</param>
/// <param name="start">See <see cref="Node.Start"/>.</param>
public sealed class UnionTypeDefinitionNode(StringValueNode? description, NameNode name, ImmutableArray<DirectiveNode> directives, ImmutableArray<NamedTypeNode> types, bool isExtension, int start)
    : TypeDefinitionNode(description, name, directives, isExtension, start)
{
    /// <inheritdoc/>
    public override NodeKind Kind => IsExtension ? NodeKind.UnionTypeExtension : NodeKind.UnionTypeDefinition;

    /// <summary>Its members; may be empty.</summary>
    public ImmutableArray<NamedTypeNode> Types { get; } = types;
}

/// <summary>An enum (§3.9).</summary>
/// <param name="description">The description; null when there is none.</param>
/// <param name="name">The type's name.</param>
/// <param name="directives">In the order written; empty when there are none.</param>
/// <param name="values">Its values; may be empty.</param>
/// <param name="isExtension">Whether it follows <c>extend</c>.</param>
/// <param name="start">See <see cref="Node.Start"/>.</param>
public sealed class EnumTypeDefinitionNode(StringValueNode? description, NameNode name, ImmutableArray<DirectiveNode> directives, ImmutableArray<EnumValueDefinitionNode> values, bool isExtension, int start)
    : TypeDefinitionNode(description, name, directives, isExtension, start)
{
    /// <inheritdoc/>
    public override NodeKind Kind => IsExtension ? NodeKind.EnumTypeExtension : NodeKind.EnumTypeDefinition;

    /// <summary>Its values; may be empty.</summary>
    public ImmutableArray<EnumValueDefinitionNode> Values { get; } = values;
}

/// <summary>An input object (§3.10).</summary>
/// <param name="description">The description; null when there is none.</param>
/// <param name="name">The type's name.</param>
/// <param name="directives">In the order written; empty when there are none.</param>
/// <param name="fields">Its fields; may be empty.</param>
/// <param name="isExtension">Whether it follows <c>extend</c>.</param>
/// <param name="start">See <see cref="Node.Start"/>.</param>
public sealed class InputObjectTypeDefinitionNode(StringValueNode? description, NameNode name, ImmutableArray<DirectiveNode> directives, ImmutableArray<InputValueDefinitionNode> fields, bool isExtension, int start)
    : TypeDefinitionNode(description, name, directives, isExtension, start)
{
    /// <inheritdoc/>
    public override NodeKind Kind => IsExtension ? NodeKind.InputObjectTypeExtension : NodeKind.InputObjectTypeDefinition;

    /// <summary>Its fields; may be empty.</summary>
    public ImmutableArray<InputValueDefinitionNode> Fields { get; } = fields;
}
