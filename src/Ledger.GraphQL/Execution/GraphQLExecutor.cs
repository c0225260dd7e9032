using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Ledger.GraphQL.Language;
using Ledger.GraphQL.Language.Syntax;
using Ledger.GraphQL.Types;
using Ledger.GraphQL.Validation;

namespace Ledger.GraphQL.Execution;

/// <summary>
/// Executes requests (September 2025, §6) into responses (§7). An operation is parsed, validated and planned once; later requests of the
/// same text find it ready. Whatever a request holds, the answer is a response; what is thrown is <see cref="OperationCanceledException"/>
/// when the caller has gone, and what a document store throws. Thread-safe; make one for a schema.
/// </summary>
public sealed class GraphQLExecutor
{
    private readonly ExecutorOptions _options;
    private readonly BoundedCache<OperationKey, OperationPlan> _plans;

    /// <param name="schema">The schema.</param>
    /// <param name="options">By default everything's default: no field with a policy can be selected.</param>
    public GraphQLExecutor(Schema schema, ExecutorOptions? options = null)
    {
        (Schema, _options) = (schema, options ?? new ExecutorOptions());
        _plans = new BoundedCache<OperationKey, OperationPlan>(_options.CachedOperationsMax, _options.CachedTextBytesMax);
    }

    /// <summary>The schema.</summary>
    public Schema Schema { get; }

    /// <summary>How many operations are planned and kept.</summary>
    public int CachedOperations => _plans.Count;

    /// <summary>Executes a query or a mutation. A subscription is refused: see <see cref="SubscribeAsync(GraphQLRequest, CancellationToken)"/>.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits for the answer any more.</param>
    public ValueTask<ExecutionResult> ExecuteAsync(GraphQLRequest request, CancellationToken cancellationToken = default)
    {
        if (NeedsStore(request)) return FindAndExecuteAsync(request, cancellationToken);
        return ExecuteAsync(Prepare(request, request.Document, DocumentHash.Of(request.Document.Span)), cancellationToken);
    }

    /// <summary>
    /// Executes an operation of any kind, each answer as it comes. A subscription answers for every event of its source; a query or
    /// mutation once. An answer without data ends the stream: the request was refused, or the source failed.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    public async IAsyncEnumerable<ExecutionResult> SubscribeAsync(
        GraphQLRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var prepared = await PrepareAsync(request, cancellationToken).ConfigureAwait(false);
        await foreach (var result in SubscribeAsync(prepared, cancellationToken).ConfigureAwait(false)) yield return result;
    }

    internal async IAsyncEnumerable<ExecutionResult> SubscribeAsync(
        PreparedRequest prepared, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!prepared.IsSubscription)
        {
            yield return await ExecuteAsync(prepared, cancellationToken).ConfigureAwait(false);
            yield break;
        }

        var subscription = new SubscriptionExecution(prepared, _options);
        await foreach (var result in subscription.RunAsync(cancellationToken).ConfigureAwait(false)) yield return result;
    }

    private bool NeedsStore(GraphQLRequest request) => request.DocumentId is not null || request.Document.IsEmpty || !_options.Documents.TakesAnyText;

    private async ValueTask<ExecutionResult> FindAndExecuteAsync(GraphQLRequest request, CancellationToken cancellationToken) =>
        await ExecuteAsync(await PrepareAsync(request, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    /// <summary>Does everything that comes before execution.</summary>
    internal async ValueTask<PreparedRequest> PrepareAsync(GraphQLRequest request, CancellationToken cancellationToken)
    {
        if (!NeedsStore(request)) return Prepare(request, request.Document, DocumentHash.Of(request.Document.Span));
        // The hash of a long text is work too, so limits come first.
        if (request.Document.Length > _options.Parsing.BytesMax) return Prepare(request, request.Document, default);
        var found = await _options.Documents.FindAsync(request, cancellationToken).ConfigureAwait(false);
        if (found.Error is { } error) return new PreparedRequest(request, Schema) { Refusal = [error] };
        var prepared = Prepare(request, found.Utf8, found.Hash);
        if (found.StoreIn is { } store && prepared.Plan is not null) await store.AddAsync(found.Hash, found.Utf8, cancellationToken).ConfigureAwait(false);
        return prepared;
    }

    internal ValueTask<ExecutionResult> ExecuteAsync(PreparedRequest prepared, CancellationToken cancellationToken) =>
        OperationTelemetry.IsWanted ? OperationTelemetry.ObserveAsync(prepared, () => RunAsync(prepared, cancellationToken)) : RunAsync(prepared, cancellationToken);

    private ValueTask<ExecutionResult> RunAsync(PreparedRequest prepared, CancellationToken cancellationToken)
    {
        if (prepared.Refusal is { } errors) return new ValueTask<ExecutionResult>(ExecutionResult.Refused(errors, prepared.Plan?.Operation.Operation));
        if (prepared.Request.CostReporting == CostReporting.ReportOnly) return new ValueTask<ExecutionResult>(Response.CostOnly(prepared));
        if (prepared.IsSubscription)
        {
            return new ValueTask<ExecutionResult>(ExecutionResult.Refused(
                [new GraphQLError("A subscription answers more than once, which this way of asking does not allow.", ErrorCodes.OperationNotAllowed, [])], OperationType.Subscription));
        }

        return prepared.Variant!.IsDeferred
            ? OperationExecution.RunDeferredAsync(prepared, _options, cancellationToken)
            : new ValueTask<ExecutionResult>(OperationExecution.Run(prepared, _options, cancellationToken));
    }

    // Everything that can be wrong before the first resolver is asked (§7.1.2, "request error").
    private PreparedRequest Prepare(GraphQLRequest request, ReadOnlyMemory<byte> utf8, DocumentHash hash)
    {
        var prepared = new PreparedRequest(request, Schema);
        var validation = request.Validation ?? _options.Validation;
        var key = new OperationKey(hash, request.OperationName, validation);
        if (!_plans.TryGet(key, out var plan))
        {
            plan = Plan(utf8, request.OperationName, validation, out var errors);
            if (plan is null) return prepared with { Refusal = errors };
            _plans.Add(key, plan, utf8.Length);
        }

        prepared = prepared with { Plan = plan };
        if (request.RefuseMutations && plan.Operation.Operation == OperationType.Mutation) return prepared with { Refusal = [NotAllowed(plan)] };
        var variables = VariableCoercion.Coerce(plan.Variables, request.Variables, plan.Document, validation.Suggest, out var problems);
        if (variables is null) return prepared with { Refusal = problems };
        var variant = plan.VariantFor(variables, out var refusal);
        if (variant is null) return prepared with { Refusal = [refusal!] };
        if (variant.Error is { } unfit) return prepared with { Refusal = [unfit] };
        var cost = plan.CostWith(variables);
        prepared = prepared with { Variables = variables, Variant = variant, Cost = cost };
        if (cost is { Errors.IsEmpty: false }) return prepared with { Refusal = cost.Errors };
        return variant.Guarded.IsEmpty ? prepared : prepared with { Refusal = Authorization.Check(plan, variant, request.State, _options.Authorize) };
    }

    private OperationPlan? Plan(ReadOnlyMemory<byte> utf8, string? operationName, ValidationOptions validation, out ImmutableArray<GraphQLError> errors)
    {
        // A document keeps its text, which is the caller's to change once it has its answer. What is too long is refused unread.
        var text = utf8.Length > _options.Parsing.BytesMax ? utf8 : utf8.ToArray();
        if (!GraphQLParser.Parse(text, _options.Parsing).IsAccepted(out var document, out var error))
        {
            errors = [error];
            return null;
        }

        errors = DocumentValidator.Validate(Schema, document, validation);
        if (!errors.IsEmpty) return null;
        if (OperationSelection.Find(document, operationName, out error) is { } operation) return new OperationPlan(Schema, document, operation, _options);
        errors = [error!];
        return null;
    }

    private static GraphQLError NotAllowed(OperationPlan plan) => plan.Document.Error(
        $"A {SyntaxPrinter.KeywordOf(plan.Operation.Operation)} cannot be asked this way.", ErrorCodes.OperationNotAllowed, plan.Operation);

    private readonly record struct OperationKey(DocumentHash Hash, string? OperationName, ValidationOptions Validation)
    {
        // Options are compared by reference: a host keeps a few of them.
        public bool Equals(OperationKey other) =>
            Hash == other.Hash && OperationName == other.OperationName && ReferenceEquals(Validation, other.Validation);

        public override int GetHashCode() => Hash.GetHashCode();
    }
}
