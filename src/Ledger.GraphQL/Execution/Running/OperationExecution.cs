using Ledger.GraphQL.Language.Syntax;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Execution;

/// <summary>Executes queries and mutations (<c>ExecuteRootSelectionSet</c>, §6.3).</summary>
internal static class OperationExecution
{
    /// <summary>Executes what nothing has to be waited for. Fields come one after another, so a mutation's do too.</summary>
    public static ExecutionResult Run(in PreparedRequest prepared, ExecutorOptions options, CancellationToken cancellationToken)
    {
        var scope = ScopeOf(prepared, options, cancellationToken);
        var buffer = Response.Begin(prepared.Plan!);
        var isFinished = false;
        try
        {
            var writer = new ResponseWriter(scope, buffer);
            try
            {
                if (!writer.TryWriteObject(scope.Variant.Root, prepared.Request.RootValue, null, 0)) Response.NullData(buffer);
                isFinished = true;
                return Response.End(prepared, buffer, writer.Errors);
            }
            catch (ExecutionAbortedException aborted)
            {
                isFinished = true;
                return Abort(prepared, buffer, aborted);
            }
        }
        finally
        {
            if (!isFinished) buffer.Dispose();
        }
    }

    /// <summary>Executes what something has to be waited for.</summary>
    public static async ValueTask<ExecutionResult> RunDeferredAsync(PreparedRequest prepared, ExecutorOptions options, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(options.Execution.TimeMax);
        var scope = ScopeOf(prepared, options, limited.Token);
        var root = new RowGroup(scope.Variant.Root);
        root.Sources.Add(prepared.Request.RootValue);
        var isSerial = prepared.Plan!.Operation.Operation == OperationType.Mutation;
        return await RunAsync(prepared, scope, isSerial
            ? writer => WriteSeriallyAsync(scope, root, writer)
            : writer => WriteAsync(scope, root, new BreadthResolver(scope).ResolveAsync(root), writer), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Executes one event of a subscription: its only field has the event as its value (§6.2.3.2).</summary>
    public static async ValueTask<ExecutionResult> RunEventAsync(
        PreparedRequest prepared, object? value, ExecutorOptions options, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(options.Execution.TimeMax);
        var scope = ScopeOf(prepared, options, limited.Token);
        var root = new RowGroup(scope.Variant.Root);
        root.Sources.Add(prepared.Request.RootValue);
        return await RunAsync(prepared, scope, writer =>
            WriteAsync(scope, root, new BreadthResolver(scope).CompleteAsync(root, scope.Variant.Root.Fields[0], [value]), writer), cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask<ExecutionResult> RunAsync(
        PreparedRequest prepared, ExecutionScope scope, Func<ResponseWriter, Task<bool>> write, CancellationToken caller)
    {
        var buffer = Response.Begin(prepared.Plan!);
        var isFinished = false;
        try
        {
            var writer = new ResponseWriter(scope, buffer);
            if (!await write(writer).ConfigureAwait(false)) Response.NullData(buffer);
            isFinished = true;
            return Response.End(prepared, buffer, writer.Errors);
        }
        catch (ExecutionAbortedException aborted)
        {
            isFinished = true;
            return Abort(prepared, buffer, aborted);
        }
        catch (OperationCanceledException) when (!caller.IsCancellationRequested && scope.Request.CancellationToken.IsCancellationRequested)
        {
            isFinished = true;
            return Abort(prepared, buffer, ExecutionAbortedException.TookTooLong());
        }
        finally
        {
            if (!isFinished) buffer.Dispose();
        }
    }

    // A resolver that does not heed the token is left behind; what it still does touches nothing of the response.
    private static async Task<bool> WriteAsync(ExecutionScope scope, RowGroup root, Task resolving, ResponseWriter writer)
    {
        await resolving.WaitAsync(scope.Request.CancellationToken).ConfigureAwait(false);
        scope.ThrowIfIncomplete();
        return writer.TryWriteObject(root.Plan, root.Sources[0], root, 0);
    }

    // A mutation's fields, each with all that is selected of it, before the next begins (§6.3.1, "Serial Execution").
    private static async Task<bool> WriteSeriallyAsync(ExecutionScope scope, RowGroup root, ResponseWriter writer)
    {
        var resolver = new BreadthResolver(scope);
        foreach (var field in root.Plan.Fields)
        {
            if (field.Kind == FieldKind.Deferred) await resolver.ResolveAsync(root, field).WaitAsync(scope.Request.CancellationToken).ConfigureAwait(false);
            scope.ThrowIfIncomplete();
            if (!writer.TryWriteRootField(field, root)) return false;
        }

        writer.EndRoot(root.Plan);
        return true;
    }

    private static ExecutionScope ScopeOf(in PreparedRequest prepared, ExecutorOptions options, CancellationToken cancellationToken) =>
        new(prepared.Variant!, prepared.Variables!, new RequestContext(prepared.Schema, prepared.Request.State, cancellationToken), options);

    private static ExecutionResult Abort(in PreparedRequest prepared, JsonBuffer buffer, ExecutionAbortedException aborted)
    {
        Response.NullData(buffer);
        return Response.End(prepared, buffer, [new GraphQLError(aborted.Message, aborted.Code, [])]);
    }
}
