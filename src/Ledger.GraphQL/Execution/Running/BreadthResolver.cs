using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Execution;

/// <summary>
/// Resolves, breadth first, what has to be waited for. All objects that a selection is made on go together, so a batch resolver is called
/// once for a field and not once an object, whoever the parents are. Branches do not wait for one another. Beyond a limit nothing further
/// is begun; <see cref="ExecutionScope.ThrowIfIncomplete"/> tells. Thread-safe.
/// </summary>
internal sealed class BreadthResolver(ExecutionScope scope)
{
    /// <summary>Fills the columns of a group, and of all groups below it.</summary>
    public Task ResolveAsync(RowGroup group)
    {
        if (!scope.TryCountObjects(group.Sources.Count)) return Task.CompletedTask;
        var fields = group.Plan.Deferred;
        return fields.Length == 1 ? ResolveAsync(group, fields[0]) : Task.WhenAll(Array.ConvertAll(fields, field => ResolveAsync(group, field)));
    }

    /// <summary>Fills one column, and the groups below it.</summary>
    public async Task ResolveAsync(RowGroup group, FieldPlan field)
    {
        var values = await ValuesOfAsync(group, field).ConfigureAwait(false);
        await CompleteAsync(group, field, values).ConfigureAwait(false);
    }

    /// <summary>Takes values as those of a column, and fills the groups below it.</summary>
    public Task CompleteAsync(RowGroup group, FieldPlan field, object?[] values)
    {
        group.Columns[field.Column] = values;
        if (!field.IsDeferredBelow) return Task.CompletedTask;
        var below = new Dictionary<ObjectType, RowGroup>();
        for (var i = 0; i < values.Length; i++) values[i] = Place(field, field.Completion, values[i], below);
        return Task.WhenAll(below.Values.Select(ResolveAsync));
    }

    private async Task<object?[]> ValuesOfAsync(RowGroup group, FieldPlan field)
    {
        var values = new object?[group.Sources.Count];
        if (field.Arguments.Constant is not { } arguments && !field.Arguments.TryCoerce(scope.Variables, out arguments, out var failure))
        {
            Array.Fill(values, failure);
            return values;
        }

        var context = new ResolverContext(scope.Request, arguments);
        switch (field.Definition.Resolver)
        {
            case BatchResolver batch: await ResolveBatchAsync(batch, group, field, context, values).ConfigureAwait(false); break;
            case AsyncResolver later: await ResolveEachAsync(later, group, field, context, values).ConfigureAwait(false); break;
            case ValueResolver now: ResolveNow(now, group, field, context, values); break;
        }

        return values;
    }

    private async Task ResolveBatchAsync(BatchResolver resolver, RowGroup group, FieldPlan field, ResolverContext context, object?[] values)
    {
        try
        {
            var found = await resolver.ResolveAsync(group.Sources, context).ConfigureAwait(false);
            if (found.Count != values.Length) throw new InvalidOperationException($"A batch of {values.Length} was answered with {found.Count}.");
            for (var i = 0; i < values.Length; i++) values[i] = found[i];
        }
        catch (Exception exception) when (!scope.Ends(exception))
        {
            Array.Fill(values, scope.FailureOf(exception, field));
        }
    }

    // All are started before the first is waited for.
    private async Task ResolveEachAsync(AsyncResolver resolver, RowGroup group, FieldPlan field, ResolverContext context, object?[] values)
    {
        List<Task>? pending = null;
        for (var i = 0; i < values.Length; i++)
        {
            var task = ResolveOneAsync(resolver, group.Sources[i], field, context, values, i);
            if (!task.IsCompletedSuccessfully) (pending ??= []).Add(task);
        }

        if (pending is not null) await Task.WhenAll(pending).ConfigureAwait(false);
    }

    private async Task ResolveOneAsync(AsyncResolver resolver, object? source, FieldPlan field, ResolverContext context, object?[] values, int row)
    {
        try
        {
            values[row] = await resolver.ResolveAsync(source, context).ConfigureAwait(false);
        }
        catch (Exception exception) when (!scope.Ends(exception))
        {
            values[row] = scope.FailureOf(exception, field);
        }
    }

    private void ResolveNow(ValueResolver resolver, RowGroup group, FieldPlan field, ResolverContext context, object?[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            try
            {
                values[i] = resolver.Resolve(group.Sources[i], context);
            }
            catch (Exception exception) when (!scope.Ends(exception))
            {
                values[i] = scope.FailureOf(exception, field);
            }
        }
    }

    // Recursion goes as deep as lists stand in one another in the schema's type.
    private object? Place(FieldPlan field, Completion completion, object? value, Dictionary<ObjectType, RowGroup> below)
    {
        if (value is null or FieldFailure or FieldException) return value;
        try
        {
            if (completion is ListCompletion list)
            {
                var opened = list.Open(value);
                var items = new object?[opened.Count];
                for (var i = 0; i < items.Length; i++) items[i] = Place(field, list.Item, opened[i], below);
                return new RowList(items);
            }

            var composite = (CompositeCompletion)completion;
            var type = composite.Type as ObjectType ?? scope.TypeOf(composite, value, field);
            if (!below.TryGetValue(type, out var group)) below.Add(type, group = new RowGroup(field.Selection!.For(type)));
            group.Sources.Add(value);
            return new Row(group, group.Sources.Count - 1);
        }
        catch (Exception exception) when (!scope.Ends(exception))
        {
            return scope.FailureOf(exception, field);
        }
    }
}
