using Ledger.GraphQL.Language;

namespace Ledger.GraphQL.Types;

/// <summary>The directives of the specification (§3.13.1 to §3.13.5). Every schema has them.</summary>
public static class SpecifiedDirectives
{
    /// <summary>The reason of <c>@deprecated</c> where none is given.</summary>
    public const string DefaultDeprecationReason = "No longer supported";

    /// <summary><c>@include</c> (§3.13.2).</summary>
    public static DirectiveDefinition Include { get; } =
        new("include", DirectiveLocation.Field, DirectiveLocation.FragmentSpread, DirectiveLocation.InlineFragment)
        {
            Description = "Directs the executor to include this field or fragment only when the `if` argument is true.",
            Arguments = [new InputValueDefinition("if", Scalars.Boolean.NonNull()) { Description = "Included when true." }],
        };

    /// <summary><c>@skip</c> (§3.13.1).</summary>
    public static DirectiveDefinition Skip { get; } =
        new("skip", DirectiveLocation.Field, DirectiveLocation.FragmentSpread, DirectiveLocation.InlineFragment)
        {
            Description = "Directs the executor to skip this field or fragment when the `if` argument is true.",
            Arguments = [new InputValueDefinition("if", Scalars.Boolean.NonNull()) { Description = "Skipped when true." }],
        };

    /// <summary><c>@deprecated</c> (§3.13.3).</summary>
    public static DirectiveDefinition Deprecated { get; } =
        new("deprecated", DirectiveLocation.FieldDefinition, DirectiveLocation.ArgumentDefinition, DirectiveLocation.InputFieldDefinition, DirectiveLocation.EnumValue)
        {
            Description = "Marks an element of a GraphQL schema as no longer supported.",
            Arguments =
            [
                new InputValueDefinition("reason", Scalars.String.NonNull())
                {
                    Description = "Explains why this element was deprecated, usually also including a suggestion for how to access supported similar data. Formatted using the Markdown syntax, as specified by [CommonMark](https://commonmark.org/).",
                    DefaultLiteral = ConstantLiteral.Parse($"\"{DefaultDeprecationReason}\""),
                },
            ],
        };

    /// <summary><c>@specifiedBy</c> (§3.13.4).</summary>
    public static DirectiveDefinition SpecifiedBy { get; } = new("specifiedBy", DirectiveLocation.Scalar)
    {
        Description = "Exposes a URL that specifies the behavior of this scalar.",
        Arguments = [new InputValueDefinition("url", Scalars.String.NonNull()) { Description = "The URL that specifies the behavior of this scalar." }],
    };

    /// <summary><c>@oneOf</c> (§3.13.5).</summary>
    public static DirectiveDefinition OneOf { get; } = new("oneOf", DirectiveLocation.InputObject)
    {
        Description = "Indicates exactly one field must be supplied and this field must not be `null`.",
    };

    /// <summary>All five.</summary>
    public static IReadOnlyList<DirectiveDefinition> All { get; } = [Include, Skip, Deprecated, SpecifiedBy, OneOf];
}
