using System.Collections.Immutable;

namespace Ledger.GraphQL.Language.Syntax;

/// <summary>A document (§2.2): what was asked for or defined, in the order written.</summary>
/// <param name="source">The text it was read from.</param>
/// <param name="definitions">At least one.</param>
public sealed class DocumentNode(Source source, ImmutableArray<DefinitionNode> definitions) : Node(0)
{
    /// <inheritdoc/>
    public override NodeKind Kind => NodeKind.Document;

    /// <summary>The text it was read from.</summary>
    public Source Source { get; } = source;

    /// <summary>At least one.</summary>
    public ImmutableArray<DefinitionNode> Definitions { get; } = definitions;

    /// <summary>The line and column of a node of this document.</summary>
    public SourceLocation LocationOf(Node node) => Source.LocationOf(node.Start);

    /// <summary>An error at nodes of this document.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="code">One of <see cref="ErrorCodes"/>.</param>
    /// <param name="nodes">Where, in the order of importance.</param>
    public GraphQLError Error(string message, string code, params ReadOnlySpan<Node> nodes)
    {
        var locations = ImmutableArray.CreateBuilder<SourceLocation>(nodes.Length);
        foreach (var node in nodes) locations.Add(LocationOf(node));
        return new GraphQLError(message, code, locations.MoveToImmutable());
    }
}

/// <summary>An operation, a fragment, or a part of a type system (§2.2).</summary>
public abstract class DefinitionNode : Node
{
    private protected DefinitionNode(int start) : base(start)
    {
    }
}
