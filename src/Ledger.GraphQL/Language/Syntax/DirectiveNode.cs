using System.Collections.Immutable;

namespace Ledger.GraphQL.Language.Syntax;

/// <summary>The use of a directive (§2.12).</summary>
/// <param name="name">Its name, without the sign.</param>
/// <param name="arguments">In the order written.</param>
/// <param name="start">See <see cref="Node.Start"/>.</param>
public sealed class DirectiveNode(NameNode name, ImmutableArray<ArgumentNode> arguments, int start) : Node(start)
{
    /// <inheritdoc/>
    public override NodeKind Kind => NodeKind.Directive;

    /// <summary>Its name, without the sign.</summary>
    public NameNode Name { get; } = name;

    /// <summary>In the order written.</summary>
    public ImmutableArray<ArgumentNode> Arguments { get; } = arguments;
}
