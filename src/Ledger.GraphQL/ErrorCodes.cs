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

    /// <summary>The document has no operation of the name that was asked for, or several and no name was given.</summary>
    public const string OperationUnknown = "OPERATION_RESOLUTION_FAILURE";

    /// <summary>This way of asking does not allow this kind of operation: a mutation by GET, a subscription where one answer is expected.</summary>
    public const string OperationNotAllowed = "OPERATION_NOT_ALLOWED";

    /// <summary>The request is not one of GraphQL over HTTP, or its parameters are not of their types.</summary>
    public const string BadRequest = "BAD_REQUEST";

    /// <summary>The caller may not select a field.</summary>
    public const string Forbidden = "FORBIDDEN";

    /// <summary>A resolver gave null where the type of its field has no null.</summary>
    public const string NullNotAllowed = "NULL_NOT_ALLOWED";

    /// <summary>A resolver failed in a way that the client is not told; <see cref="GraphQLError.CorrelationId"/> finds it in the host's log.</summary>
    public const string Internal = "INTERNAL_SERVER_ERROR";

    /// <summary>Execution took longer than the host allows.</summary>
    public const string ExecutionTimeout = "EXECUTION_TIMEOUT";

    /// <summary>The answer, or the number of its objects or errors, grew beyond what the host allows.</summary>
    public const string ResponseLimit = "RESPONSE_LIMIT_EXCEEDED";

    /// <summary>No document is known by the hash that was given; the client may send it with its text.</summary>
    public const string PersistedNotFound = "PERSISTED_QUERY_NOT_FOUND";

    /// <summary>The host keeps no documents that clients send.</summary>
    public const string PersistedNotSupported = "PERSISTED_QUERY_NOT_SUPPORTED";

    /// <summary>The hash is not that of the text that came with it.</summary>
    public const string PersistedMismatch = "PERSISTED_QUERY_MISMATCH";

    /// <summary>The host executes only documents it knows beforehand, and this is none of them.</summary>
    public const string DocumentNotTrusted = "DOCUMENT_NOT_TRUSTED";
}
