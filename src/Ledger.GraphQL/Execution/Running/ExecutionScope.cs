using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Execution;

/// <summary>What executing one request needs. Immutable but for the count of objects.</summary>
internal sealed class ExecutionScope(OperationVariant variant, VariableValues variables, RequestContext request, ExecutorOptions options)
{
    private readonly long _deadlineMs = Environment.TickCount64 + (long)options.Execution.TimeMax.TotalMilliseconds;
    private int _objects;
    private volatile bool _isTooLarge;

    public OperationVariant Variant { get; } = variant;

    public VariableValues Variables { get; } = variables;

    public RequestContext Request { get; } = request;

    public ExecutionLimits Limits { get; } = options.Execution;

    private bool IsTimeUp => Environment.TickCount64 > _deadlineMs;

    public FieldFailure FailureOf(Exception exception, FieldPlan field) => FieldFailure.Of(exception, field.Coordinate, options);

    /// <summary>Whether an exception ends the request and not a field of it.</summary>
    public bool Ends(Exception exception) =>
        exception is ExecutionAbortedException || (exception is OperationCanceledException && Request.CancellationToken.IsCancellationRequested);

    /// <summary>The object type of a value of a field.</summary>
    /// <exception cref="FieldFailureException">There is none.</exception>
    public ObjectType TypeOf(CompositeCompletion completion, object value, FieldPlan field) =>
        Request.Schema.ResolveType(completion.Type, value) ?? throw new FieldFailureException(new FieldFailure(
            $"Abstract type \"{completion.Type}\" must resolve to an Object type at runtime for field \"{field.Coordinate}\".", ErrorCodes.Internal));

    /// <summary>
    /// Counts objects before they are written; false when nothing is to be done for them, because they are too many or nobody waits any
    /// more. No exception: there may be as many branches to end as there are objects. Thread-safe.
    /// </summary>
    public bool TryCountObjects(int count)
    {
        if (Interlocked.Add(ref _objects, count) > Limits.ObjectsMax) _isTooLarge = true;
        // The clock is looked at although a timer runs: threads that are busy with this request may keep the timer waiting.
        return !_isTooLarge && !IsTimeUp && !Request.CancellationToken.IsCancellationRequested;
    }

    /// <summary>Ends the request when something was left undone.</summary>
    public void ThrowIfIncomplete()
    {
        if (_isTooLarge) throw new ExecutionAbortedException($"The answer has more than {Limits.ObjectsMax} objects.", ErrorCodes.ResponseLimit);
        Request.CancellationToken.ThrowIfCancellationRequested();
        if (IsTimeUp) throw new ExecutionAbortedException("Execution took too long.", ErrorCodes.ExecutionTimeout);
    }
}
