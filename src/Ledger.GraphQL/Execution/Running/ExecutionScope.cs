using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Execution;

/// <summary>What executing one request needs. Immutable but for the count of objects.</summary>
internal sealed class ExecutionScope(OperationVariant variant, VariableValues variables, RequestContext request, ExecutorOptions options)
{
    private int _objects;

    public OperationVariant Variant { get; } = variant;

    public VariableValues Variables { get; } = variables;

    public RequestContext Request { get; } = request;

    public ExecutionLimits Limits { get; } = options.Execution;

    public FieldFailure FailureOf(Exception exception, FieldPlan field) => FieldFailure.Of(exception, field.Coordinate, options.OnUnexpectedFailure);

    /// <summary>Whether an exception ends the request and not a field of it.</summary>
    public bool Ends(Exception exception) =>
        exception is ExecutionAbortedException || (exception is OperationCanceledException && Request.CancellationToken.IsCancellationRequested);

    /// <summary>The object type of a value of a field.</summary>
    /// <exception cref="FieldFailureException">There is none.</exception>
    public ObjectType TypeOf(CompositeCompletion completion, object value, FieldPlan field) =>
        Request.Schema.ResolveType(completion.Type, value) ?? throw new FieldFailureException(new FieldFailure(
            $"Abstract type \"{completion.Type}\" must resolve to an Object type at runtime for field \"{field.Coordinate}\".", ErrorCodes.Internal));

    /// <summary>Counts objects before they are written; thread-safe.</summary>
    public void CountObjects(int count)
    {
        if (Interlocked.Add(ref _objects, count) > Limits.ObjectsMax)
            throw new ExecutionAbortedException($"The answer has more than {Limits.ObjectsMax} objects.", ErrorCodes.ResponseLimit);
    }
}
