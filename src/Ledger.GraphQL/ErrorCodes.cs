namespace Ledger.GraphQL;

/// <summary>The engine's values of <c>extensions.code</c>. The first two are what Apollo's clients look for. Never renamed.</summary>
public static class ErrorCodes
{
    /// <summary>The document is not GraphQL.</summary>
    public const string ParseFailed = "GRAPHQL_PARSE_FAILED";

    /// <summary>The document is GraphQL, but not of this schema.</summary>
    public const string ValidationFailed = "GRAPHQL_VALIDATION_FAILED";

    /// <summary>The document goes over a limit of <see cref="Language.ParseLimits"/>.</summary>
    public const string DocumentLimit = "DOCUMENT_LIMIT_EXCEEDED";

    /// <summary>A value is not of its type: a variable, an argument, or what a resolver gave.</summary>
    public const string BadValue = "BAD_USER_INPUT";

    /// <summary>The type system breaks a rule of the specification's section 3.</summary>
    public const string InvalidSchema = "INVALID_SCHEMA";

    /// <summary>Validating the document would cost more than <see cref="Validation.ValidationOptions"/> allow.</summary>
    public const string ValidationLimit = "VALIDATION_LIMIT_EXCEEDED";

    /// <summary>Fields stand in one another deeper than the host allows.</summary>
    public const string DepthLimit = "DEPTH_LIMIT_EXCEEDED";

    /// <summary>More fields have an alias than the host allows.</summary>
    public const string AliasLimit = "ALIAS_LIMIT_EXCEEDED";

    /// <summary>An operation has more root fields than the host allows.</summary>
    public const string RootFieldLimit = "ROOT_FIELD_LIMIT_EXCEEDED";

    /// <summary>Introspection nests deeper than the host allows.</summary>
    public const string IntrospectionLimit = "INTROSPECTION_LIMIT_EXCEEDED";

    /// <summary>The host does not answer introspection for this caller.</summary>
    public const string IntrospectionDisabled = "INTROSPECTION_DISABLED";

    /// <summary>An operation costs more than the host allows.</summary>
    public const string CostLimit = "COST_LIMIT_EXCEEDED";
}
