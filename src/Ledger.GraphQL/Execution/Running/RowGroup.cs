namespace Ledger.GraphQL.Execution;

/// <summary>
/// The objects of one type that one selection is made on, wherever they stand in the response, and what was waited for of their fields:
/// a column each. What is in a column is null, a value, a <see cref="FieldFailure"/>, or where something further was waited for a
/// <see cref="Row"/> or a <see cref="RowList"/>.
/// </summary>
internal sealed class RowGroup
{
    public RowGroup(SelectionPlan plan) => (Plan, Columns) = (plan, new object?[plan.Deferred.Length][]);

    public SelectionPlan Plan { get; }

    /// <summary>The objects.</summary>
    public List<object?> Sources { get; } = [];

    /// <summary>By <see cref="FieldPlan.Column"/>, then by row.</summary>
    public object?[][] Columns { get; }
}

/// <summary>An object of a group.</summary>
internal sealed record Row(RowGroup Group, int Index);

/// <summary>A list that holds objects of groups, at whatever depth.</summary>
internal sealed record RowList(object?[] Items);
