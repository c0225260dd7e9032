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
}
