using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Types;

/// <summary>A type with a name. It is built by adding to it, and closed when a schema is created with it.</summary>
public abstract class NamedType : GraphQLType
{
    private protected NamedType(string name) => Name = name;

    /// <summary>Its name, unique in its schema.</summary>
    public string Name { get; }

    /// <summary>In Markdown; null when there is none.</summary>
    public string? Description { get; init; }

    /// <summary>What a value of it costs (IBM cost directives, <c>@cost</c> on a type); null for the default of its kind.</summary>
    public double? CostWeight { get; init; }

    /// <inheritdoc/>
    public override NamedType Named => this;

    /// <summary>The definition it was read from, and its extensions after it; empty for a type written in C#.</summary>
    internal ImmutableArray<TypeDefinitionNode> SyntaxNodes { get; init; } = [];

    /// <summary>The definition it was read from; null for a type written in C#.</summary>
    internal TypeDefinitionNode? Syntax => SyntaxNodes is [var definition, ..] ? definition : null;

    /// <summary>Whether a schema was created with it, and nothing may be added any more.</summary>
    internal bool IsClosed { get; private set; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    internal virtual void Close() => IsClosed = true;

    private protected void EnsureOpen()
    {
        if (IsClosed) throw new InvalidOperationException($"A schema was created with {Name}: nothing can be added to it.");
    }
}

/// <summary>A scalar or an enum: a type whose values have no fields.</summary>
public abstract class LeafType : NamedType
{
    private protected LeafType(string name) : base(name)
    {
    }

    /// <summary>Input coercion of one value that is neither null nor a variable (§3.5, §3.9).</summary>
    /// <param name="input">The value, a literal of the document or JSON.</param>
    /// <param name="value">The coerced value when the answer is true.</param>
    /// <param name="problem">What is wrong when the answer is false.</param>
    public abstract bool TryCoerce(in LeafInput input, out CoercedValue value, [NotNullWhen(false)] out string? problem);
}

/// <summary>An object type, an interface or a union: a type on which selections are made.</summary>
public abstract class CompositeType : NamedType
{
    private CompositeCompletion? _completion;

    private protected CompositeType(string name) : base(name)
    {
    }

    internal override Completion Completion => _completion ??= new CompositeCompletion(this);
}
