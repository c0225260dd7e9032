using System.Collections.Immutable;
using Ledger.GraphQL.Language;
using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Types;

/// <summary>What a schema is created of (§3.3).</summary>
public sealed record SchemaDefinition
{
    /// <summary>The type of queries. Null only for a schema that is never executed.</summary>
    public ObjectType? Query { get; init; }

    /// <summary>The type of mutations; null when there are none.</summary>
    public ObjectType? Mutation { get; init; }

    /// <summary>The type of subscriptions; null when there are none.</summary>
    public ObjectType? Subscription { get; init; }

    /// <summary>In Markdown; null when there is none.</summary>
    public string? Description { get; init; }

    /// <summary>
    /// Types in the order in which the schema lists them, in particular implementations of interfaces that nothing else refers to. Types
    /// that others refer to come after them, as they are met.
    /// </summary>
    public ImmutableArray<NamedType> Types { get; init; } = [];

    /// <summary>Directives beside those of the specification.</summary>
    public ImmutableArray<DirectiveDefinition> Directives { get; init; } = [];

    /// <summary>The text it was read from; null for a schema written in C#.</summary>
    internal Source? Source { get; init; }

    /// <summary>The definition and the extensions it was read from.</summary>
    internal ImmutableArray<SchemaDefinitionNode> Syntax { get; init; } = [];
}

/// <summary>A schema written in C# that breaks the rules of the specification: a bug of the host.</summary>
/// <param name="errors">What is wrong, all of it.</param>
public sealed class InvalidSchemaException(ImmutableArray<GraphQLError> errors) : Exception(string.Join("\n\n", errors.Select(error => error.Message)))
{
    /// <summary>What is wrong, all of it.</summary>
    public ImmutableArray<GraphQLError> Errors { get; } = errors;
}
