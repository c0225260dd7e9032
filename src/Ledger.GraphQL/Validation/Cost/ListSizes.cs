using Ledger.GraphQL.Language.Syntax;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Validation.Cost;

/// <summary>How long lists are at most, by <c>@listSize</c> and what a request gives for the slicing arguments.</summary>
/// <param name="variables">The request's variables; null when there are none yet.</param>
/// <param name="sizeDefault">See <see cref="CostLimits.ListSizeDefault"/>.</param>
internal sealed class ListSizes(IVariableValues? variables, int sizeDefault)
{
    /// <summary>The size that a field's arguments ask for, or else what its definition assumes.</summary>
    public int Of(FieldNode field, FieldDefinition definition, ListSize size)
    {
        int? asked = null;
        foreach (var name in size.SlicingArguments)
        {
            if (Asked(field, definition, name) is { } each) asked = Math.Max(asked ?? 0, each);
        }

        return asked ?? size.AssumedSize ?? sizeDefault;
    }

    /// <summary>Whether slicing arguments are given as the definition wants it: exactly one of them, where it wants that.</summary>
    public bool AreGivenRightly(FieldNode field, FieldDefinition definition, ListSize size)
    {
        if (!size.RequireOneSlicingArgument || size.SlicingArguments.Count == 0) return true;
        var given = size.SlicingArguments.Count(name => IsGiven(field, name));
        return given == 1 || (given == 0 && size.SlicingArguments.Count(name => definition.FindArgument(name)?.DefaultLiteral is IntValueNode) == 1);
    }

    private bool IsGiven(FieldNode field, string name) => Find(field, name) switch
    {
        null or NullValueNode => false,
        VariableNode variable => variables is null || !variables.Get(variable.Name.Value).IsNullOrUndefined,
        _ => true,
    };

    private int? Asked(FieldNode field, FieldDefinition definition, string name) => Find(field, name) switch
    {
        IntValueNode number => Read(number),
        VariableNode variable when variables?.Get(variable.Name.Value) is { IsNullOrUndefined: false } value => value.Kind switch
        {
            CoercedKind.Int32 => value.As<int>(),
            CoercedKind.Int64 => (int)Math.Clamp(value.As<long>(), 0, int.MaxValue),
            _ => null,
        },
        VariableNode when variables is null => null,
        NullValueNode => null,
        _ => definition.FindArgument(name)?.DefaultLiteral is IntValueNode assumed ? Read(assumed) : null,
    };

    // What is no Int is refused elsewhere; here it counts as the most that there is.
    private static int Read(IntValueNode number) => int.TryParse(number.Value, out var value) ? value : int.MaxValue;

    private static ValueNode? Find(FieldNode field, string name) => field.Arguments.FirstOrDefault(argument => argument.Name.Value == name)?.Value;
}
