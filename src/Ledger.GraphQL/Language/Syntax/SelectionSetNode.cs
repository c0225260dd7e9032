using System.Collections.Immutable;

namespace Ledger.GraphQL.Language.Syntax;

/// <summary>What is selected of an object (§2.4).</summary>
/// <param name="selections">At least one.</param>
/// <param name="start">See <see cref="Node.Start"/>.</param>
public sealed class SelectionSetNode(ImmutableArray<SelectionNode> selections, int start) : Node(start)
{
    /// <inheritdoc/>
    public override NodeKind Kind => NodeKind.SelectionSet;

    /// <summary>At least one.</summary>
    public ImmutableArray<SelectionNode> Selections { get; } = selections;
}

/// <summary>A field, a fragment spread or an inline fragment (§2.4).</summary>
public abstract class SelectionNode : Node
{
    private protected SelectionNode(ImmutableArray<DirectiveNode> directives, int start) : base(start) => Directives = directives;

    /// <summary>In the order written; empty when there are none.</summary>
    public ImmutableArray<DirectiveNode> Directives { get; }
}
