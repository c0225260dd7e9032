using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Execution;

// CompleteValue (§6.4.3).
internal sealed partial class ResponseWriter
{
    private Completed WriteValue(FieldPlan field, object? value)
    {
        if (value is null) return Completed.Null;
        var depth = _path.Depth;
        _path.Push(field.ResponseName);
        var completed = Complete(field, field.Completion, value);
        _path.Return(depth);
        return completed;
    }

    private Completed Complete(FieldPlan field, Completion completion, object value)
    {
        switch (value)
        {
            case FieldFailure failure: return Fail(field, failure, []);
            case FieldException expected: return Fail(field, new FieldFailure(expected.Message, expected.Code), []);
            case Row row: return TryWriteObject(row.Group.Plan, row.Group.Sources[row.Index], row.Group, row.Index) ? Completed.Written : Completed.Failed;
        }

        switch (completion)
        {
            case CompositeCompletion composite:
                var type = composite.Type as ObjectType ?? scope.TypeOf(composite, value, field);
                return TryWriteObject(field.Selection!.For(type), value, null, 0) ? Completed.Written : Completed.Failed;
            case ListCompletion list:
                return value is RowList rows ? WriteRows(field, list, rows.Items) : WriteList(field, list, list.Open(value));
            default:
                var outcome = ((LeafCompletion)completion).WriteObject(value, output);
                if (outcome.Errors is not null) return Report(field, outcome, []);
                return outcome.IsNull ? Completed.Null : Completed.Written;
        }
    }

    private Completed WriteList(FieldPlan field, ListCompletion list, ResolvedList items)
    {
        _path.PushIndex();
        for (var i = 0; i < items.Count; i++)
        {
            if (!TryWriteItem(field, list, items[i], i)) return Completed.Failed;
        }

        return EndList(items.Count);
    }

    private Completed WriteRows(FieldPlan field, ListCompletion list, object?[] items)
    {
        _path.PushIndex();
        for (var i = 0; i < items.Length; i++)
        {
            if (!TryWriteItem(field, list, items[i], i)) return Completed.Failed;
        }

        return EndList(items.Length);
    }

    private Completed EndList(int count)
    {
        if (count > 0) output.WriteRaw((byte)']');
        else output.WriteRaw("[]"u8);
        _path.Return(_path.Depth - 1);
        return Completed.Written;
    }

    // False when a null goes on to the list.
    private bool TryWriteItem(FieldPlan field, ListCompletion list, object? item, int index)
    {
        output.WriteRaw(index == 0 ? (byte)'[' : (byte)',');
        _path.SetIndex(index);
        var (start, depth) = (output.Length, _path.Depth);
        var completed = Completed.Null;
        if (item is not null)
        {
            try
            {
                completed = Complete(field, list.Item, item);
            }
            catch (Exception exception) when (!scope.Ends(exception))
            {
                _path.Return(depth);
                completed = Fail(field, scope.FailureOf(exception, field), []);
            }

            if (completed == Completed.Written) return true;
            _path.Return(depth);
        }

        if (list.IsItemNonNull)
        {
            if (completed == Completed.Null) Fail(field, NullFailure(field), []);
            return false;
        }

        output.Truncate(start);
        output.WriteNull();
        return true;
    }
}
