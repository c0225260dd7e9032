using System.Collections.Immutable;
using Ledger.GraphQL.Language.Syntax;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Execution;

/// <summary>A response (§7.1), ready to be sent. Dispose it when it was: its memory is used again.</summary>
public sealed class ExecutionResult : IDisposable
{
    private readonly JsonBuffer _buffer;

    internal ExecutionResult(JsonBuffer buffer, bool hasData, ImmutableArray<GraphQLError> errors, OperationType? operation) =>
        (_buffer, HasData, Errors, Operation) = (buffer, hasData, errors, operation);

    /// <summary>The response as JSON, UTF-8. Valid until the result is disposed.</summary>
    public ReadOnlyMemory<byte> Json => _buffer.Written;

    /// <summary>Whether there is an entry <c>data</c>, null or not: false for an error of the request, which was not executed (§7.1.2).</summary>
    public bool HasData { get; }

    /// <summary>The errors in the order of the response.</summary>
    public ImmutableArray<GraphQLError> Errors { get; }

    /// <summary>What was executed; null when the request did not get so far.</summary>
    public OperationType? Operation { get; }

    /// <summary>Gives the memory back.</summary>
    public void Dispose() => _buffer.Dispose();

    /// <summary>The response to a request that is not executed.</summary>
    /// <param name="errors">At least one.</param>
    public static ExecutionResult Refused(params ImmutableArray<GraphQLError> errors) => Refused(errors, null);

    internal static ExecutionResult Refused(ImmutableArray<GraphQLError> errors, OperationType? operation)
    {
        var buffer = new JsonBuffer(512);
        buffer.WriteRaw((byte)'{');
        ErrorJson.Write(errors.AsSpan(), buffer);
        buffer.WriteRaw((byte)'}');
        return new ExecutionResult(buffer, hasData: false, errors, operation);
    }
}
