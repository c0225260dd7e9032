using System.Collections.Immutable;
using Ledger.GraphQL.Language.Syntax;
using Ledger.GraphQL.Types;
using Ledger.GraphQL.Validation.Cost;

namespace Ledger.GraphQL.Execution;

/// <summary>A valid operation, ready to be executed any number of times, by many threads at once.</summary>
internal sealed class OperationPlan
{
    // A client that lets many variables decide gets plans made for the occasion once these are taken.
    private const int VariantsMax = 16;

    private readonly ExecutionLimits _limits;
    private readonly Dictionary<string, FragmentDefinitionNode> _fragments;
    private readonly ImmutableArray<string> _conditions;
    private readonly CostLimits? _costLimits;
    private readonly CostReport? _cost;
    private ImmutableDictionary<ulong, OperationVariant> _variants = ImmutableDictionary.Create<ulong, OperationVariant>();
    private OperationVariant? _latest;

    public OperationPlan(Schema schema, DocumentNode document, OperationDefinitionNode operation, ExecutorOptions options)
    {
        (Schema, Document, Operation, _limits, _costLimits) = (schema, document, operation, options.Execution, options.Cost);
        _fragments = document.Definitions.OfType<FragmentDefinitionNode>().ToDictionary(fragment => fragment.Name.Value, StringComparer.Ordinal);
        _conditions = ConditionSearch.VariablesOf(operation, _fragments);
        Variables = [.. operation.VariableDefinitions.Select(Plan)];
        if (options.Cost is not { } limits) return;
        // Where no variable says how long a list is, an operation always costs the same.
        var recorder = new VariableRecorder();
        var cost = CostAnalysis.Analyze(schema, document, operation, recorder, limits);
        if (!recorder.WasAsked) _cost = cost;
    }

    public Schema Schema { get; }

    public DocumentNode Document { get; }

    public OperationDefinitionNode Operation { get; }

    public ImmutableArray<VariablePlan> Variables { get; }

    /// <summary>About how many bytes the latest answer had: what the next begins with.</summary>
    public int ResponseBytesHint { get; set; } = 4096;

    /// <summary>What executing costs with the request's variables; null when there is no limit.</summary>
    public CostReport? CostWith(VariableValues variables) =>
        _cost ?? (_costLimits is { } limits ? CostAnalysis.Analyze(Schema, Document, Operation, variables, limits) : null);

    /// <summary>The plan for the request's variables; null when they leave open what is included.</summary>
    public OperationVariant? VariantFor(VariableValues variables, out GraphQLError? error)
    {
        error = null;
        if (_conditions.Length > Inclusion.VariablesMax)
        {
            error = Document.Error($"More than {Inclusion.VariablesMax} variables decide what is included.", ErrorCodes.DocumentLimit, Operation);
            return null;
        }

        var bits = 0UL;
        for (var i = 0; i < _conditions.Length; i++)
        {
            var value = variables.Get(_conditions[i]);
            if (value.IsNullOrUndefined)
            {
                // A nullable variable with a default may stand in a condition, and be given as null all the same (§5.8.5).
                error = Document.Error($"Variable \"${_conditions[i]}\" decides what is included, so it must not be null.", ErrorCodes.BadValue, Operation);
                return null;
            }

            if (value.As<bool>()) bits |= 1UL << i;
        }

        return Variant(bits);
    }

    private OperationVariant Variant(ulong bits)
    {
        if (_latest is { } latest && latest.Bits == bits) return latest;
        if (!_variants.TryGetValue(bits, out var variant))
        {
            variant = new OperationVariant(Schema, Document, Operation, _fragments, new Inclusion(_conditions, bits), bits, _limits);
            if (_variants.Count >= VariantsMax) return variant;
            variant = ImmutableInterlocked.GetOrAdd(ref _variants, bits, variant);
        }

        _latest = variant;
        return variant;
    }

    private VariablePlan Plan(VariableDefinitionNode node)
    {
        var type = Schema.TypeOf(node.Type)!;
        var byDefault = default(CoercedValue);
        if (node.DefaultValue is { } literal) LiteralCoercion.TryCoerce(literal, type, null, out byDefault);
        return new VariablePlan(node.Variable.Name.Value, type, byDefault, node);
    }

    /// <summary>Tells whether an answer depends on variables at all.</summary>
    private sealed class VariableRecorder : IVariableValues
    {
        public bool WasAsked { get; private set; }

        public CoercedValue Get(string name)
        {
            WasAsked = true;
            return default;
        }
    }
}

/// <summary>An operation with everything decided that variables decide by <c>@skip</c> and <c>@include</c>. Thread-safe.</summary>
internal sealed class OperationVariant
{
    public OperationVariant(
        Schema schema, DocumentNode document, OperationDefinitionNode operation, Dictionary<string, FragmentDefinitionNode> fragments,
        Inclusion inclusion, ulong bits, ExecutionLimits limits)
    {
        Bits = bits;
        var root = schema.RootType(operation.Operation)!;
        var survey = new OperationSurvey(schema, fragments, inclusion, limits.DepthMax);
        survey.Run(operation.SelectionSet, root);
        (IsDeferred, Guarded) = (survey.IsDeferred, [.. survey.Guarded.GroupBy(field => field.Policy).Select(group => (group.Key, group.ToImmutableArray()))]);
        if (survey.IsTooDeep)
        {
            Error = document.Error($"Operation nests fields and fragments deeper than {limits.DepthMax}.", ErrorCodes.DepthLimit, operation);
            Root = new SelectionPlan(root, []);
            return;
        }

        Root = new PlanCompiler(schema, document, fragments, inclusion, survey.DeferredBelow, limits.SelectionsMax).Compile(root, [operation.SelectionSet]);
    }

    /// <summary>What the variables decided.</summary>
    public ulong Bits { get; }

    /// <summary>Why it cannot be executed; null when it can.</summary>
    public GraphQLError? Error { get; }

    public SelectionPlan Root { get; }

    /// <summary>Whether anything has to be waited for.</summary>
    public bool IsDeferred { get; }

    /// <summary>Fields that not everybody may select, by their policies: each is asked once a request.</summary>
    public ImmutableArray<(object Policy, ImmutableArray<GuardedField> Fields)> Guarded { get; }
}
