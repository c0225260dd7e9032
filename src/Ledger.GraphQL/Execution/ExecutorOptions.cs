using Ledger.GraphQL.Language;
using Ledger.GraphQL.Types;
using Ledger.GraphQL.Validation;
using Ledger.GraphQL.Validation.Cost;

namespace Ledger.GraphQL.Execution;

/// <summary>How an executor treats all its requests.</summary>
public sealed record ExecutorOptions
{
    /// <summary>What a document may cost to read.</summary>
    public ParseLimits Parsing { get; init; } = ParseLimits.Request;

    /// <summary>Rules and limits of validation, where a request brings none of its own.</summary>
    public ValidationOptions Validation { get; init; } = ValidationOptions.Default;

    /// <summary>What an operation may cost; null for no limit, and no cost to report.</summary>
    public CostLimits? Cost { get; init; } = CostLimits.Default;

    /// <summary>What executing may cost.</summary>
    public ExecutionLimits Execution { get; init; } = ExecutionLimits.Default;

    /// <summary>
    /// Whether the caller, whom the request's state tells, meets the policy of a field. Asked once a request for each policy that its
    /// operation comes by. Null refuses every field that has a policy.
    /// </summary>
    public Func<object, object?, bool>? Authorize { get; init; }

    /// <summary>
    /// What the client may be told of an exception that is none of GraphQL's, such as that a database is away: null for nothing, which makes it an internal error.
    /// It must not throw.
    /// </summary>
    public Func<Exception, FieldException?>? Explain { get; init; }

    /// <summary>Told of every failure that the client is not told, while the request waits; for the host's log. It must not throw.</summary>
    public Action<UnexpectedFailure>? OnUnexpectedFailure { get; init; }

    /// <summary>How documents come other than by their text.</summary>
    public PersistedDocuments Documents { get; init; } = PersistedDocuments.None;

    /// <summary>Operations that are kept planned.</summary>
    public int CachedOperationsMax { get; init; } = 1_000;

    /// <summary>Bytes of their texts, together; what is kept of an operation is some fifty times its text.</summary>
    public int CachedTextBytesMax { get; init; } = 4 << 20;
}

/// <summary>A failure that the client is only told the correlation id of.</summary>
/// <param name="Exception">What was thrown.</param>
/// <param name="CorrelationId">16 hexadecimal digits, at random; <see cref="GraphQLError.CorrelationId"/> of every error it led to.</param>
/// <param name="Coordinate">The field, such as <c>Release.gates</c>; null when it is not a field's.</param>
public sealed record UnexpectedFailure(Exception Exception, string CorrelationId, string? Coordinate);
