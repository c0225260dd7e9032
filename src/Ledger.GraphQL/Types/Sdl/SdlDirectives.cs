using System.Collections.Immutable;
using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Types;

/// <summary>What the specification's directives say about the definitions they stand at.</summary>
internal static class SdlDirectives
{
    public static string? DeprecationReason(ImmutableArray<DirectiveNode> directives) =>
        Find(directives, SpecifiedDirectives.Deprecated) is { } deprecated ? Text(deprecated, "reason") ?? SpecifiedDirectives.DefaultDeprecationReason : null;

    public static string? SpecifiedBy(ImmutableArray<DirectiveNode> directives) =>
        Find(directives, SpecifiedDirectives.SpecifiedBy) is { } specifiedBy ? Text(specifiedBy, "url") : null;

    public static bool IsOneOf(ImmutableArray<DirectiveNode> directives) => Find(directives, SpecifiedDirectives.OneOf) is not null;

    private static DirectiveNode? Find(ImmutableArray<DirectiveNode> directives, DirectiveDefinition definition) =>
        directives.FirstOrDefault(directive => directive.Name.Value == definition.Name);

    private static string? Text(DirectiveNode directive, string argument) =>
        (directive.Arguments.FirstOrDefault(each => each.Name.Value == argument)?.Value as StringValueNode)?.Value;
}
