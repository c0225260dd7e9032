using System.Collections.Immutable;

namespace Ledger.GraphQL.Language.Syntax;

/// <summary>A value (§2.9): a constant, or one that holds variables.</summary>
public abstract class ValueNode : Node
{
    private protected ValueNode(int start) : base(start)
    {
    }
}

/// <summary>A variable (§2.10).</summary>
/// <param name="name">Its name, without the sign.</param>
/// <param name="start">See <see cref="Node.Start"/>.</param>
public sealed class VariableNode(NameNode name, int start) : ValueNode(start)
{
    /// <inheritdoc/>
    public override NodeKind Kind => NodeKind.Variable;

    /// <summary>Its name, without the sign.</summary>
    public NameNode Name { get; } = name;
}

/// <summary>An integer of any size (§2.9.1).</summary>
/// <param name="value">Its digits, as written.</param>
/// <param name="start">See <see cref="Node.Start"/>.</param>
public sealed class IntValueNode(string value, int start) : ValueNode(start)
{
    /// <inheritdoc/>
    public override NodeKind Kind => NodeKind.IntValue;

    /// <summary>Its digits, as written.</summary>
    public string Value { get; } = value;
}

/// <summary>A number with a fraction or an exponent (§2.9.2).</summary>
/// <param name="value">As written.</param>
/// <param name="start">See <see cref="Node.Start"/>.</param>
public sealed class FloatValueNode(string value, int start) : ValueNode(start)
{
    /// <inheritdoc/>
    public override NodeKind Kind => NodeKind.FloatValue;

    /// <summary>As written.</summary>
    public string Value { get; } = value;
}

/// <summary>A string (§2.9.4).</summary>
/// <param name="value">What it says, escapes and indentation resolved.</param>
/// <param name="isBlock">Whether it is written as a block string.</param>
/// <param name="start">See <see cref="Node.Start"/>.</param>
public sealed class StringValueNode(string value, bool isBlock, int start) : ValueNode(start)
{
    /// <inheritdoc/>
    public override NodeKind Kind => NodeKind.StringValue;

    /// <summary>What it says, escapes and indentation resolved.</summary>
    public string Value { get; } = value;

    /// <summary>Whether it is written as a block string.</summary>
    public bool IsBlock { get; } = isBlock;
}

/// <summary><c>true</c> or <c>false</c> (§2.9.3).</summary>
/// <param name="value">Which of them.</param>
/// <param name="start">See <see cref="Node.Start"/>.</param>
public sealed class BooleanValueNode(bool value, int start) : ValueNode(start)
{
    /// <inheritdoc/>
    public override NodeKind Kind => NodeKind.BooleanValue;

    /// <summary>Which of them.</summary>
    public bool Value { get; } = value;
}

/// <summary><c>null</c> (§2.9.5).</summary>
/// <param name="start">See <see cref="Node.Start"/>.</param>
public sealed class NullValueNode(int start) : ValueNode(start)
{
    /// <inheritdoc/>
    public override NodeKind Kind => NodeKind.NullValue;
}

/// <summary>The name of an enum value (§2.9.6).</summary>
/// <param name="value">The name.</param>
/// <param name="start">See <see cref="Node.Start"/>.</param>
public sealed class EnumValueNode(string value, int start) : ValueNode(start)
{
    /// <inheritdoc/>
    public override NodeKind Kind => NodeKind.EnumValue;

    /// <summary>The name.</summary>
    public string Value { get; } = value;
}

/// <summary>A list (§2.9.7).</summary>
/// <param name="values">In order; may be empty.</param>
/// <param name="start">See <see cref="Node.Start"/>.</param>
public sealed class ListValueNode(ImmutableArray<ValueNode> values, int start) : ValueNode(start)
{
    /// <inheritdoc/>
    public override NodeKind Kind => NodeKind.ListValue;

    /// <summary>In order; may be empty.</summary>
    public ImmutableArray<ValueNode> Values { get; } = values;
}

/// <summary>An input object (§2.9.8).</summary>
/// <param name="fields">In the order written; may be empty.</param>
/// <param name="start">See <see cref="Node.Start"/>.</param>
public sealed class ObjectValueNode(ImmutableArray<ObjectFieldNode> fields, int start) : ValueNode(start)
{
    /// <inheritdoc/>
    public override NodeKind Kind => NodeKind.ObjectValue;

    /// <summary>In the order written; may be empty.</summary>
    public ImmutableArray<ObjectFieldNode> Fields { get; } = fields;
}

/// <summary>A field of an input object (§2.9.8).</summary>
/// <param name="name">Its name.</param>
/// <param name="value">Its value.</param>
/// <param name="start">See <see cref="Node.Start"/>.</param>
public sealed class ObjectFieldNode(NameNode name, ValueNode value, int start) : Node(start)
{
    /// <inheritdoc/>
    public override NodeKind Kind => NodeKind.ObjectField;

    /// <summary>Its name.</summary>
    public NameNode Name { get; } = name;

    /// <summary>Its value.</summary>
    public ValueNode Value { get; } = value;
}
