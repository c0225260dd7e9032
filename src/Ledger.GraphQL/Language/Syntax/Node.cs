namespace Ledger.GraphQL.Language.Syntax;

/// <summary>
/// A part of a document. Immutable, compared by reference (two fields that look alike are two fields), thread-safe.
/// </summary>
/// <remarks>
/// No document nests deeper than its <see cref="ParseLimits.DepthMax"/>, so what walks nodes may recurse. Fragment spreads are not
/// followed by that: whoever follows them bounds it.
/// </remarks>
public abstract class Node
{
    private protected Node(int start) => Start = start;

    /// <summary>What it is.</summary>
    public abstract NodeKind Kind { get; }

    /// <summary>The byte of the document where it begins, a description included. See <see cref="Source.LocationOf"/>.</summary>
    public int Start { get; }

    /// <summary>The node as <see cref="SyntaxPrinter"/> prints it.</summary>
    public override string ToString() => SyntaxPrinter.Print(this);
}

/// <summary>A name (§2.1.9).</summary>
/// <param name="value">The name.</param>
/// <param name="start">See <see cref="Node.Start"/>.</param>
public sealed class NameNode(string value, int start) : Node(start)
{
    /// <inheritdoc/>
    public override NodeKind Kind => NodeKind.Name;

    /// <summary>The name.</summary>
    public string Value { get; } = value;
}
