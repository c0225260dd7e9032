using System.Collections.Immutable;
using Ledger.GraphQL.Language;
using Ledger.GraphQL.Language.Syntax;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Validation;

/// <summary>How a directive may be used, whether the schema knows it or the document defines it.</summary>
internal sealed record DirectiveSignature(
    ImmutableArray<DirectiveLocation> Locations, bool IsRepeatable, ImmutableArray<DirectiveSignature.Argument> Arguments)
{
    public static DirectiveSignature Of(DirectiveDefinition directive) => new(
        directive.Locations,
        directive.IsRepeatable,
        [.. directive.Arguments.Select(argument => new Argument(argument.Name, argument.Type, argument.IsRequired))]);

    public static DirectiveSignature Of(DirectiveDefinitionNode directive) => new(
        [.. directive.Locations.Select(name => DirectiveLocations.TryParse(name.Value, out var location) ? location : default)],
        directive.IsRepeatable,
        [.. directive.Arguments.Select(argument => new Argument(
            argument.Name.Value, argument.Type, argument is { Type: NonNullTypeNode, DefaultValue: null }))]);

    /// <summary>An argument.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Type">Its type, or the node of it; shown in messages.</param>
    /// <param name="IsRequired">Whether it has to be given.</param>
    internal readonly record struct Argument(string Name, object Type, bool IsRequired);
}
