using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Ledger.GraphQL.Language.Syntax;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Execution;

/// <summary>A variable that an operation takes (§6.1.2).</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type, an input type.</param>
/// <param name="Default">Its default, coerced; undefined when there is none.</param>
/// <param name="Node">Where it is defined.</param>
internal sealed record VariablePlan(string Name, GraphQLType Type, CoercedValue Default, VariableDefinitionNode Node)
{
    private readonly byte[] _name = Encoding.UTF8.GetBytes(Name);

    /// <summary>What a request gives for it; undefined when nothing.</summary>
    public JsonElement Find(JsonElement variables) =>
        variables.ValueKind == JsonValueKind.Object && variables.TryGetProperty(_name, out var value) ? value : default;
}

/// <summary>The variables of a request, coerced. Looking one up compares names: an operation has a handful. Thread-safe.</summary>
internal sealed class VariableValues(ImmutableArray<VariablePlan> plans, CoercedValue[] values) : IVariableValues
{
    public static VariableValues None { get; } = new([], []);

    public CoercedValue Get(string name)
    {
        for (var i = 0; i < plans.Length; i++)
        {
            if (plans[i].Name == name) return values[i];
        }

        return default;
    }
}

/// <summary><c>CoerceVariableValues</c> (§6.1.2).</summary>
internal static class VariableCoercion
{
    private const int ErrorsMax = 50;

    /// <summary>The variables of a request; null when one is not of its type, and <paramref name="errors"/> says which.</summary>
    public static VariableValues? Coerce(
        ImmutableArray<VariablePlan> plans, JsonElement given, DocumentNode document, bool suggest, out ImmutableArray<GraphQLError> errors)
    {
        errors = [];
        if (plans.IsEmpty) return VariableValues.None;
        try
        {
            return CoerceAll(plans, given, document, suggest, out errors);
        }
        catch (InvalidOperationException)
        {
            // JSON can escape half a character, which no string can hold.
            errors = [new GraphQLError("The variables are not Unicode text.", ErrorCodes.BadValue, [])];
            return null;
        }
    }

    private static VariableValues? CoerceAll(
        ImmutableArray<VariablePlan> plans, JsonElement given, DocumentNode document, bool suggest, out ImmutableArray<GraphQLError> errors)
    {
        errors = [];
        List<GraphQLError>? found = null;
        var values = new CoercedValue[plans.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var plan = plans[i];
            var json = plan.Find(given);
            if (json.ValueKind == JsonValueKind.Undefined) values[i] = plan.Default;
            var isCoerced = json.ValueKind != JsonValueKind.Undefined
                ? JsonCoercion.TryCoerce(json, plan.Type, out values[i])
                : !plan.Default.IsUndefined || plan.Type is not NonNullType;
            if (!isCoerced) Explain(plan, json, document, suggest, found ??= []);
        }

        if (found is null) return new VariableValues(plans, values);
        errors = [.. found];
        return null;
    }

    // Apart from coercion, which then needs nothing of its own for a request that is right.
    private static void Explain(VariablePlan plan, JsonElement json, DocumentNode document, bool suggest, List<GraphQLError> found)
    {
        if (json.ValueKind == JsonValueKind.Undefined) Report(new JsonProblem($"Expected a value of non-null type \"{plan.Type}\" to be provided.", ""));
        else JsonCoercion.TryCoerce(json, plan.Type, Report, out _, suggest, ErrorsMax + 1 - found.Count);

        void Report(JsonProblem problem)
        {
            if (found.Count > ErrorsMax) return;
            var at = problem.Path.Length == 0 ? "" : $" at {problem.Path}";
            found.Add(found.Count == ErrorsMax
                ? new GraphQLError("Too many errors processing variables, error limit reached. Execution aborted.", ErrorCodes.BadValue, [])
                : document.Error($"Variable \"${plan.Name}\" has invalid value{at}: {problem.Message}", ErrorCodes.BadValue, plan.Node));
        }
    }
}
