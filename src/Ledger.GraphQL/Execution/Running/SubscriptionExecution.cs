using System.Runtime.CompilerServices;
using Ledger.GraphQL.Language.Syntax;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Execution;

/// <summary>Executes a subscription (<c>Subscribe</c>, §6.2.3): an answer for every event of its source stream.</summary>
internal sealed class SubscriptionExecution(PreparedRequest prepared, ExecutorOptions options)
{
    private readonly FieldPlan _field = prepared.Variant!.Root.Fields[0];

    /// <summary>The answers. One without data is the last: the source could not be made, or failed.</summary>
    public async IAsyncEnumerable<ExecutionResult> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!TryOpen(cancellationToken, out var events, out var failure))
        {
            yield return Refuse(failure!);
            yield break;
        }

        await using (events.ConfigureAwait(false))
        {
            while (true)
            {
                ExecutionResult? last = null;
                try
                {
                    if (!await events.MoveNextAsync().ConfigureAwait(false)) yield break;
                }
                catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
                {
                    last = Refuse(FailureOf(exception));
                }

                if (last is not null)
                {
                    yield return last;
                    yield break;
                }

                yield return await OperationTelemetry.ObserveAsync(prepared, () => OperationExecution.RunEventAsync(prepared, events.Current, options, cancellationToken)).ConfigureAwait(false);
            }
        }
    }

    // CreateSourceEventStream (§6.2.3.1).
    private bool TryOpen(CancellationToken cancellationToken, out IAsyncEnumerator<object?> events, out FieldFailure? failure)
    {
        events = null!;
        if (_field.Arguments.Constant is not { } arguments && !_field.Arguments.TryCoerce(prepared.Variables!, out arguments, out failure)) return false;
        var context = new ResolverContext(new RequestContext(prepared.Schema, prepared.Request.State, cancellationToken), arguments);
        try
        {
            if (_field.Definition.Resolver is not StreamResolver resolver) throw new InvalidOperationException($"{_field.Coordinate} has no source of events.");
            events = resolver.Subscribe(prepared.Request.RootValue, context).GetAsyncEnumerator(cancellationToken);
            failure = null;
            return true;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            failure = FailureOf(exception);
            return false;
        }
    }

    private FieldFailure FailureOf(Exception exception) => FieldFailure.Of(exception, _field.Coordinate, options);

    private ExecutionResult Refuse(FieldFailure failure) => ExecutionResult.Refused(
        [
            new GraphQLError(failure.Message, failure.Code, failure.Location is { } location ? [location] : _field.Locations)
            {
                Path = [_field.ResponseName],
                CorrelationId = failure.CorrelationId,
            },
        ],
        OperationType.Subscription);
}
