using System.Collections.Immutable;
using Ledger.GraphQL.Language.Syntax;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Execution;

/// <summary>
/// The arguments of a field (<c>CoerceArgumentValues</c>, §6.4.1): coerced when it is planned where no variable is among them, and else
/// once for each request. Immutable.
/// </summary>
internal sealed class ArgumentPlan
{
    private static readonly ArgumentPlan None = new(InputValues.None);

    private readonly IReadOnlyList<InputValueDefinition> _definitions = [];
    private readonly ValueNode?[] _literals = [];
    private readonly ImmutableArray<(FieldNode Field, DocumentNode Document)> _place = [];
    private readonly string _coordinate = "";

    private ArgumentPlan(InputValues constant) => Constant = constant;

    private ArgumentPlan(string coordinate, IReadOnlyList<InputValueDefinition> definitions, ValueNode?[] literals, FieldNode field, DocumentNode document) =>
        (_coordinate, _definitions, _literals, _place) = (coordinate, definitions, literals, [(field, document)]);

    /// <summary>The values where they do not depend on the request; null where they do.</summary>
    public InputValues? Constant { get; private init; }

    /// <summary>Where a request keeps the values, so that a list coerces them once and not once an item; negative when they are constant.</summary>
    public int Slot { get; private init; } = -1;

    public static ArgumentPlan For(ObjectType type, FieldDefinition definition, FieldNode field, DocumentNode document, ref int slots)
    {
        if (definition.Arguments.Count == 0) return None;
        var literals = new ValueNode?[definition.Arguments.Count];
        for (var i = 0; i < literals.Length; i++) literals[i] = Find(field, definition.Arguments[i].Name);
        var plan = new ArgumentPlan($"{type.Name}.{definition.Name}", definition.Arguments, literals, field, document);
        // What has no value without variables is coerced again with them, and if it never has one that is the field's error.
        return !literals.Any(HoldsVariable) && plan.TryCoerce(VariableValues.None, out var constant, out _)
            ? new ArgumentPlan(constant)
            : new ArgumentPlan(plan._coordinate, definition.Arguments, literals, field, document) { Slot = Interlocked.Increment(ref slots) - 1 };
    }

    /// <summary>The values for a request; false when one of them is not of its type.</summary>
    public bool TryCoerce(VariableValues variables, out InputValues values, out FieldFailure? failure)
    {
        var coerced = new CoercedValue[_definitions.Count];
        values = new InputValues(_definitions, coerced);
        failure = null;
        for (var i = 0; i < coerced.Length; i++)
        {
            var (definition, literal) = (_definitions[i], _literals[i]);
            var isAbsent = literal is null || (literal is VariableNode variable && !definition.IsRequired && variables.Get(variable.Name.Value).IsUndefined);
            if (isAbsent && !definition.IsRequired) coerced[i] = definition.Default;
            else if (literal is null) failure = Fail($"Argument \"{_coordinate}({definition.Name}:)\" of required type \"{definition.Type}\" was not provided.", _place[0].Field);
            else if (!LiteralCoercion.TryCoerce(literal, definition.Type, variables, out coerced[i])) failure = Explain(definition, literal, variables);
            if (failure is not null) return false;
        }

        return true;
    }

    private FieldFailure Explain(InputValueDefinition definition, ValueNode literal, VariableValues variables)
    {
        // Validation saw to everything that has no variable in it.
        var problem = NullVariables.Find(literal, definition.Type, variables) ?? new LiteralProblem("It is not of the argument's type.", literal, "");
        var at = problem.Path.Length == 0 ? "" : $" at {problem.Path}";
        return Fail($"Argument \"{_coordinate}({definition.Name}:)\" has invalid value{at}: {problem.Message}", problem.Node);
    }

    private FieldFailure Fail(string message, Node node) =>
        new(message, ErrorCodes.BadValue) { Location = _place[0].Document.LocationOf(node) };

    private static ValueNode? Find(FieldNode field, string name)
    {
        foreach (var argument in field.Arguments)
        {
            if (argument.Name.Value == name) return argument.Value;
        }

        return null;
    }

    private static bool HoldsVariable(ValueNode? literal) => literal switch
    {
        VariableNode => true,
        ListValueNode list => list.Values.Any(HoldsVariable),
        ObjectValueNode fields => fields.Fields.Any(field => HoldsVariable(field.Value)),
        _ => false,
    };
}
