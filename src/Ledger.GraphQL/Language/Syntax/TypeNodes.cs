namespace Ledger.GraphQL.Language.Syntax;

/// <summary>A reference to a type (§2.11).</summary>
public abstract class TypeNode : Node
{
    private protected TypeNode(int start) : base(start)
    {
    }
}

/// <summary>A type by its name.</summary>
/// <param name="name">The name.</param>
/// <param name="start">See <see cref="Node.Start"/>.</param>
public sealed class NamedTypeNode(NameNode name, int start) : TypeNode(start)
{
    /// <inheritdoc/>
    public override NodeKind Kind => NodeKind.NamedType;

    /// <summary>The name.</summary>
    public NameNode Name { get; } = name;
}

/// <summary>A list of a type.</summary>
/// <param name="type">The type of its items.</param>
/// <param name="start">See <see cref="Node.Start"/>.</param>
public sealed class ListTypeNode(TypeNode type, int start) : TypeNode(start)
{
    /// <inheritdoc/>
    public override NodeKind Kind => NodeKind.ListType;

    /// <summary>The type of its items.</summary>
    public TypeNode Type { get; } = type;
}

/// <summary>A type without null.</summary>
/// <param name="type">A named type or a list.</param>
/// <param name="start">See <see cref="Node.Start"/>.</param>
public sealed class NonNullTypeNode(TypeNode type, int start) : TypeNode(start)
{
    /// <inheritdoc/>
    public override NodeKind Kind => NodeKind.NonNullType;

    /// <summary>A named type or a list.</summary>
    public TypeNode Type { get; } = type;
}
