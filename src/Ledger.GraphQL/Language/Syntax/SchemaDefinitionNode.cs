using System.Collections.Immutable;

namespace Ledger.GraphQL.Language.Syntax;

/// <summary>A schema or an extension of it (§3.3).</summary>
/// <param name="description">The description; null when there is none.</param>
/// <param name="directives">In the order written; empty when there are none.</param>
/// <param name="operationTypes">The root types it names.</param>
/// <param name="isExtension">Whether it follows <c>extend</c>.</param>
/// <param name="start">See <see cref="Node.Start"/>.</param>
public sealed class SchemaDefinitionNode(StringValueNode? description, ImmutableArray<DirectiveNode> directives, ImmutableArray<OperationTypeDefinitionNode> operationTypes, bool isExtension, int start)
    : TypeSystemNode(description, directives, isExtension, start)
{
    /// <inheritdoc/>
    public override NodeKind Kind => IsExtension ? NodeKind.SchemaExtension : NodeKind.SchemaDefinition;

    /// <summary>The root types it names.</summary>
    public ImmutableArray<OperationTypeDefinitionNode> OperationTypes { get; } = operationTypes;
}

/// <summary>A root type (§3.3.1).</summary>
/// <param name="operation">The kind of operation.</param>
/// <param name="type">The type.</param>
/// <param name="start">See <see cref="Node.Start"/>.</param>
public sealed class OperationTypeDefinitionNode(OperationType operation, NamedTypeNode type, int start) : Node(start)
{
    /// <inheritdoc/>
    public override NodeKind Kind => NodeKind.OperationTypeDefinition;

    /// <summary>The kind of operation.</summary>
    public OperationType Operation { get; } = operation;

    /// <summary>The type.</summary>
    public NamedTypeNode Type { get; } = type;
}
