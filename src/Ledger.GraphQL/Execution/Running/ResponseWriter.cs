using System.Collections.Immutable;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Execution;

/// <summary>
/// Writes the data of a response, depth first, as it resolves it (§6.3, §6.4): no tree of results stands between. What has to be waited
/// for is in columns before writing begins. A null that is not allowed takes back what was written up to the nearest place where null is,
/// and ends the work on what it takes back (§6.4.4). Recursion is bounded by the depth that the operation was surveyed with. One writer
/// writes one response.
/// </summary>
internal sealed partial class ResponseWriter(ExecutionScope scope, JsonBuffer output)
{
    private const int ObjectsBetweenChecks = 64;

    private readonly ExecutionLimits _limits = scope.Limits;
    private ResponsePath _path = new();
    private InputValues?[] _arguments = [];
    private List<GraphQLError>? _errors;
    private int _objects;

    public ImmutableArray<GraphQLError> Errors => _errors is null ? [] : [.. _errors];

    /// <summary>Writes an object.</summary>
    /// <param name="plan">What is selected of it.</param>
    /// <param name="source">The object.</param>
    /// <param name="rows">The columns of what was waited for; null when nothing was.</param>
    /// <param name="row">Its row of them.</param>
    /// <returns>False when a null goes on to whatever the object is in; what was written of it is the caller's to take back.</returns>
    public bool TryWriteObject(SelectionPlan plan, object? source, RowGroup? rows, int row)
    {
        CheckLimits();
        var fields = plan.Fields;
        foreach (var field in fields)
        {
            output.WriteRaw(field.Key);
            if (field.Kind != FieldKind.TypeName && !TryWriteField(field, source, rows, row)) return false;
        }

        if (fields.Length > 0) output.WriteRaw((byte)'}');
        else output.WriteRaw("{}"u8);
        return true;
    }

    /// <summary>Writes one field of the root, where fields come one at a time; false when a null goes on to the data.</summary>
    public bool TryWriteRootField(FieldPlan field, RowGroup root)
    {
        CheckLimits();
        output.WriteRaw(field.Key);
        return field.Kind == FieldKind.TypeName || TryWriteField(field, root.Sources[0], root, 0);
    }

    /// <summary>Ends the root after the last of its fields.</summary>
    public void EndRoot(SelectionPlan plan) => output.WriteRaw(plan.Fields.Length > 0 ? "}"u8 : "{}"u8);

    // False when a null goes on to the field's object.
    private bool TryWriteField(FieldPlan field, object? source, RowGroup? rows, int row)
    {
        var (start, depth) = (output.Length, _path.Depth);
        Completed completed;
        try
        {
            completed = field.Kind switch
            {
                FieldKind.Leaf => WriteLeaf(field, source),
                FieldKind.Value => WriteValue(field, ((ValueResolver)field.Definition.Resolver!).Resolve(source, ContextOf(field))),
                FieldKind.Deferred => WriteValue(field, rows!.Columns[field.Column][row]),
                _ => Completed.Null,
            };
        }
        catch (Exception exception) when (!scope.Ends(exception))
        {
            _path.Return(depth);
            completed = Fail(field, scope.FailureOf(exception, field), [field.ResponseName]);
        }

        if (completed == Completed.Written) return true;
        if (field.IsNonNull)
        {
            if (completed == Completed.Null) Fail(field, NullFailure(field), [field.ResponseName]);
            return false;
        }

        output.Truncate(start);
        output.WriteNull();
        return true;
    }

    private ResolverContext ContextOf(FieldPlan field) => new(scope.Request, field.Arguments.Constant ?? ArgumentsOf(field.Arguments));

    private InputValues ArgumentsOf(ArgumentPlan plan)
    {
        if (plan.Slot >= _arguments.Length) Array.Resize(ref _arguments, plan.Slot + 4);
        if (_arguments[plan.Slot] is { } known) return known;
        return plan.TryCoerce(scope.Variables, out var values, out var failure)
            ? _arguments[plan.Slot] = values
            : throw new FieldFailureException(failure!);
    }

    private Completed WriteLeaf(FieldPlan field, object? source)
    {
        var outcome = ((LeafResolver)field.Definition.Resolver!).Write(source, ContextOf(field), output);
        if (!outcome.IsNull && outcome.Errors is null) return Completed.Written;
        return outcome.Errors is null ? Completed.Null : Report(field, outcome, [field.ResponseName]);
    }

    private Completed Report(FieldPlan field, LeafOutcome outcome, ReadOnlySpan<string> responseName)
    {
        foreach (var error in outcome.Errors!)
        {
            var failure = error.Message is null ? NullFailure(field) : new FieldFailure(error.Message, error.Code);
            Fail(field, failure, responseName, error.Path);
        }

        return outcome.IsNull ? Completed.Failed : Completed.Written;
    }

    private Completed Fail(FieldPlan field, FieldFailure failure, ReadOnlySpan<string> responseName, IReadOnlyList<int>? within = null)
    {
        var depth = _path.Depth;
        foreach (var name in responseName) _path.Push(name);
        _errors ??= [];
        if (_errors.Count == _limits.ErrorsMax) throw new ExecutionAbortedException($"The answer has more than {_limits.ErrorsMax} errors.", ErrorCodes.ResponseLimit);
        _errors.Add(new GraphQLError(failure.Message, failure.Code, failure.Location is { } location ? [location] : field.Locations)
        {
            Path = _path.ToArray(within),
            CorrelationId = failure.CorrelationId,
        });
        _path.Return(depth);
        return Completed.Failed;
    }

    private static FieldFailure NullFailure(FieldPlan field) => new($"Cannot return null for non-nullable field {field.Coordinate}.", ErrorCodes.NullNotAllowed);

    private void CheckLimits()
    {
        if (output.Length > _limits.ResponseBytesMax)
            throw new ExecutionAbortedException($"The answer is longer than {_limits.ResponseBytesMax} bytes.", ErrorCodes.ResponseLimit);
        if (++_objects % ObjectsBetweenChecks != 0) return;
        if (_objects > _limits.ObjectsMax) throw new ExecutionAbortedException($"The answer has more than {_limits.ObjectsMax} objects.", ErrorCodes.ResponseLimit);
        scope.ThrowIfIncomplete();
    }

    /// <summary>What came of a value.</summary>
    private enum Completed : byte
    {
        /// <summary>It was written, with null where something in it failed.</summary>
        Written,

        /// <summary>It is null, and nothing was written. Whether that is an error is for the type to say.</summary>
        Null,

        /// <summary>It is null because of an error that was reported already. Something may have been written.</summary>
        Failed,
    }
}
