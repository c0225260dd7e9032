using System.Collections.Immutable;

namespace Ledger.GraphQL.Language.Syntax;

/// <summary>The three kinds of operation (§2.3).</summary>
public enum OperationType : byte
{
    /// <summary>A read without side effects.</summary>
    Query,

    /// <summary>A write, its root fields one after another, followed by a read.</summary>
    Mutation,

    /// <summary>A request that answers whenever something happens.</summary>
    Subscription,
}

/// <summary>An operation (§2.3).</summary>
/// <param name="description">The description; null when there is none.</param>
/// <param name="operation">Its kind.</param>
/// <param name="name">Its name; null for an anonymous operation.</param>
/// <param name="variableDefinitions">What it takes.</param>
/// <param name="directives">In the order written; empty when there are none.</param>
/// <param name="selectionSet">What it selects of the root type.</param>
/// <param name="start">See <see cref="Node.Start"/>.</param>
public sealed class OperationDefinitionNode(StringValueNode? description, OperationType operation, NameNode? name, ImmutableArray<VariableDefinitionNode> variableDefinitions, ImmutableArray<DirectiveNode> directives, SelectionSetNode selectionSet, int start)
    : DefinitionNode(start)
{
    /// <inheritdoc/>
    public override NodeKind Kind => NodeKind.OperationDefinition;

    /// <summary>The description; null when there is none.</summary>
    public StringValueNode? Description { get; } = description;

    /// <summary>Its kind.</summary>
    public OperationType Operation { get; } = operation;

    /// <summary>Its name; null for an anonymous operation.</summary>
    public NameNode? Name { get; } = name;

    /// <summary>What it takes.</summary>
    public ImmutableArray<VariableDefinitionNode> VariableDefinitions { get; } = variableDefinitions;

    /// <summary>In the order written; empty when there are none.</summary>
    public ImmutableArray<DirectiveNode> Directives { get; } = directives;

    /// <summary>What it selects of the root type.</summary>
    public SelectionSetNode SelectionSet { get; } = selectionSet;
}

/// <summary>A variable that an operation takes (§2.10).</summary>
/// <param name="description">The description; null when there is none.</param>
/// <param name="variable">The variable.</param>
/// <param name="type">Its type.</param>
/// <param name="defaultValue">A constant; null when there is none.</param>
/// <param name="directives">In the order written; empty when there are none.</param>
/// <param name="start">See <see cref="Node.Start"/>.</param>
public sealed class VariableDefinitionNode(StringValueNode? description, VariableNode variable, TypeNode type, ValueNode? defaultValue, ImmutableArray<DirectiveNode> directives, int start)
    : Node(start)
{
    /// <inheritdoc/>
    public override NodeKind Kind => NodeKind.VariableDefinition;

    /// <summary>The description; null when there is none.</summary>
    public StringValueNode? Description { get; } = description;

    /// <summary>The variable.</summary>
    public VariableNode Variable { get; } = variable;

    /// <summary>Its type.</summary>
    public TypeNode Type { get; } = type;

    /// <summary>A constant; null when there is none.</summary>
    public ValueNode? DefaultValue { get; } = defaultValue;

    /// <summary>In the order written; empty when there are none.</summary>
    public ImmutableArray<DirectiveNode> Directives { get; } = directives;
}
