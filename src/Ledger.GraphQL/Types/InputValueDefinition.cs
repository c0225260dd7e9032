using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Types;

/// <summary>An argument of a field or directive, or a field of an input object (§3.6.1, §3.10).</summary>
public sealed class InputValueDefinition
{
    /// <param name="name">Its name.</param>
    /// <param name="type">An input type.</param>
    public InputValueDefinition(string name, GraphQLType type) => (Name, Type) = (name, type);

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its type.</summary>
    public GraphQLType Type { get; }

    /// <summary>In Markdown; null when there is none.</summary>
    public string? Description { get; init; }

    /// <summary>Why it should not be used any more; null when it may.</summary>
    public string? DeprecationReason { get; init; }

    /// <summary>The default as it is written; null when there is none.</summary>
    public ValueNode? DefaultLiteral { get; init; }

    /// <summary>What giving it costs (IBM cost directives); null when nothing.</summary>
    public double? CostWeight { get; init; }

    /// <summary>The default after coercion; undefined when there is none. Set when a schema is created.</summary>
    public CoercedValue Default { get; internal set; }

    /// <summary>Whether it has to be given (<c>IsRequiredArgument</c>): non-null and without a default.</summary>
    public bool IsRequired => Type is NonNullType && DefaultLiteral is null;

    /// <summary>The definition it was read from; null for one written in C#.</summary>
    internal InputValueDefinitionNode? Syntax { get; init; }
}
