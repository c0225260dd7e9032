using System.Collections.Immutable;

namespace Ledger.GraphQL.Language.Syntax;

/// <summary>A definition or extension of a type system (§3.1).</summary>
public abstract class TypeSystemNode : DefinitionNode
{
    private protected TypeSystemNode(StringValueNode? description, ImmutableArray<DirectiveNode> directives, bool isExtension, int start)
        : base(start) =>
        (Description, Directives, IsExtension) = (description, directives, isExtension);

    /// <summary>The description; null when there is none, and for an extension.</summary>
    public StringValueNode? Description { get; }

    /// <summary>In the order written; empty when there are none.</summary>
    public ImmutableArray<DirectiveNode> Directives { get; }

    /// <summary>Whether it follows <c>extend</c>: an extension has the shape of the definition it adds to.</summary>
    public bool IsExtension { get; }
}

/// <summary>A definition or extension of a type (§3.4).</summary>
public abstract class TypeDefinitionNode : TypeSystemNode
{
    private protected TypeDefinitionNode(
        StringValueNode? description, NameNode name, ImmutableArray<DirectiveNode> directives, bool isExtension, int start)
        : base(description, directives, isExtension, start) =>
        Name = name;

    /// <summary>The type's name.</summary>
    public NameNode Name { get; }
}
