using System.Security.Cryptography;
using Ledger.GraphQL.Language;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Execution;

/// <summary>Why a field has no value (§6.4.4). Where in the response is for the writer to say.</summary>
/// <param name="Message">For the client.</param>
/// <param name="Code">Goes out as <c>extensions.code</c>.</param>
internal sealed record FieldFailure(string Message, string Code)
{
    private const int CorrelationBytes = 8;

    /// <summary>What the host's log knows it by; null when the message says all there is.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Where in the document; null for wherever the field is selected.</summary>
    public SourceLocation? Location { get; init; }

    /// <summary>
    /// What a client is told of an exception: of those that are not meant for it nothing, which is the host's log to know. One exception
    /// that fails many fields, as that of a batch, is one failure.
    /// </summary>
    public static FieldFailure Of(Exception exception, string? coordinate, ExecutorOptions options)
    {
        if (exception is FieldFailureException known) return known.Failure;
        if ((exception as FieldException ?? options.Explain?.Invoke(exception)) is { } expected) return new FieldFailure(expected.Message, expected.Code);
        var correlationId = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(CorrelationBytes));
        options.OnUnexpectedFailure?.Invoke(new UnexpectedFailure(exception, correlationId, coordinate));
        return new FieldFailure("Internal error.", ErrorCodes.Internal) { CorrelationId = correlationId };
    }
}

/// <summary>A failure on its way to the place where a field's errors are collected.</summary>
internal sealed class FieldFailureException(FieldFailure failure) : Exception(failure.Message)
{
    public FieldFailure Failure { get; } = failure;
}
