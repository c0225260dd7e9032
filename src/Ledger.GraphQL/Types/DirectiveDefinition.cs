using System.Collections.Immutable;
using Ledger.GraphQL.Language;
using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Types;

/// <summary>A directive (§3.13).</summary>
/// <param name="name">Its name, without the sign.</param>
/// <param name="locations">Where it may stand.</param>
public sealed class DirectiveDefinition(string name, params ImmutableArray<DirectiveLocation> locations)
{
    /// <summary>Its name, without the sign.</summary>
    public string Name { get; } = name;

    /// <summary>Where it may stand.</summary>
    public ImmutableArray<DirectiveLocation> Locations { get; } = locations;

    /// <summary>What it takes.</summary>
    public ImmutableArray<InputValueDefinition> Arguments { get; init; } = [];

    /// <summary>Whether it may stand more than once at a place.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>In Markdown; null when there is none.</summary>
    public string? Description { get; init; }

    /// <summary>The definition it was read from; null for one written in C#.</summary>
    internal DirectiveDefinitionNode? Syntax { get; init; }

    /// <summary>The argument of a name; null when there is none.</summary>
    public InputValueDefinition? FindArgument(string argumentName) => Arguments.FirstOrDefault(argument => argument.Name == argumentName);
}
