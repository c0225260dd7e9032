using System.Collections.Immutable;
using Ledger.GraphQL.Language.Syntax;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Validation.Cost;

/// <summary>
/// Works out what an operation costs at most, before it is executed (GraphQL Cost Directives, IBM: <c>@cost</c>, <c>@listSize</c>). A field
/// costs its weight for every object that has it, a value the weight of its type; lists multiply what is below them. Where only one of
/// several object types can apply, the dearest counts. Fields that merge count each: a bound, not a forecast.
/// </summary>
public sealed class CostAnalysis
{
    // Fields may nest through fragments deeper than the document does; recursion ends here, and with it the operation.
    private const int DepthMax = 400;
    private const int ErrorsMax = 5;

    private readonly Schema _schema;
    private readonly DocumentNode _document;
    private readonly CostLimits _limits;
    private readonly ListSizes _sizes;
    private readonly Dictionary<string, FragmentDefinitionNode> _fragments = new(StringComparer.Ordinal);
    private readonly Dictionary<(FragmentDefinitionNode, ListSize?, int), CostSum> _known = [];
    private readonly ImmutableArray<GraphQLError>.Builder _errors = ImmutableArray.CreateBuilder<GraphQLError>();
    private int _steps;
    private bool _isBeyondReckoning;

    private CostAnalysis(Schema schema, DocumentNode document, IVariableValues? variables, CostLimits limits)
    {
        (_schema, _document, _limits, _sizes) = (schema, document, limits, new ListSizes(variables, limits.ListSizeDefault));
        foreach (var fragment in document.Definitions.OfType<FragmentDefinitionNode>()) _fragments[fragment.Name.Value] = fragment;
    }

    /// <summary>Works out what an operation costs, and refuses it when that is too much. Thread-safe.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="document">A valid document.</param>
    /// <param name="operation">The operation of it that is to be executed.</param>
    /// <param name="variables">
    /// The request's variables, which may say how long lists are; null before they are known, when lists whose size is a variable count as
    /// long as their definition assumes.
    /// </param>
    /// <param name="limits">By default <see cref="CostLimits.Default"/>.</param>
    public static CostReport Analyze(
        Schema schema, DocumentNode document, OperationDefinitionNode operation, IVariableValues? variables = null, CostLimits? limits = null) =>
        new CostAnalysis(schema, document, variables, limits ?? CostLimits.Default).Report(operation);

    private CostReport Report(OperationDefinitionNode operation)
    {
        var root = _schema.RootType(operation.Operation);
        var cost = new CostSum(0, root is null ? 0 : WeightOf(root)) + OfSet(operation.SelectionSet, root, default, 0);
        if (_isBeyondReckoning) Refuse("Operation is too large for its cost to be worked out.", operation);
        if (cost.Fields > _limits.FieldCostMax) Refuse($"Operation has a field cost of {cost.Fields}, more than {_limits.FieldCostMax}.", operation);
        if (cost.Types > _limits.TypeCostMax) Refuse($"Operation has a type cost of {cost.Types}, more than {_limits.TypeCostMax}.", operation);
        return new CostReport(cost.Fields, cost.Types, _errors.ToImmutable());
    }

    private void Refuse(string message, Node node)
    {
        if (_errors.Count < ErrorsMax) _errors.Add(_document.Error(message, ErrorCodes.CostLimit, node));
    }

    private CostSum OfSet(SelectionSetNode set, CompositeType? type, Sized sized, int depth)
    {
        if (depth > DepthMax) _isBeyondReckoning = true;
        var cost = default(CostSum);
        Dictionary<ObjectType, CostSum>? alternatives = null;
        HashSet<string>? spreads = null;
        foreach (var selection in set.Selections)
        {
            if (_isBeyondReckoning || ++_steps > _limits.StepsMax)
            {
                _isBeyondReckoning = true;
                return cost;
            }

            switch (selection)
            {
                case FieldNode field:
                    cost += OfField(field, type, sized, depth);
                    break;
                case InlineFragmentNode inline:
                    var condition = inline.TypeCondition is { } name ? _schema.FindType(name.Name.Value) as CompositeType : type;
                    Add(condition, OfSet(inline.SelectionSet, condition, sized, depth + 1));
                    break;
                // The same fragment twice in one set is merged field by field.
                case FragmentSpreadNode spread when _fragments.TryGetValue(spread.Name.Value, out var fragment) && (spreads ??= []).Add(spread.Name.Value):
                    Add(_schema.FindType(fragment.TypeCondition.Name.Value) as CompositeType, OfFragment(fragment, sized, depth + 1));
                    break;
            }
        }

        return alternatives is null ? cost : cost + alternatives.Values.Aggregate(CostSum.Max);

        void Add(CompositeType? condition, CostSum added)
        {
            if (condition is not ObjectType only || type is ObjectType) cost += added;
            else (alternatives ??= [])[only] = alternatives.GetValueOrDefault(only) + added;
        }
    }

    private CostSum OfFragment(FragmentDefinitionNode fragment, Sized sized, int depth)
    {
        var key = (fragment, sized.By, sized.Size);
        if (_known.TryGetValue(key, out var cost)) return cost;
        cost = OfSet(fragment.SelectionSet, _schema.FindType(fragment.TypeCondition.Name.Value) as CompositeType, sized, depth);
        _known[key] = cost;
        return cost;
    }

    private CostSum OfField(FieldNode field, CompositeType? parent, Sized sized, int depth)
    {
        if (parent is null || _schema.FindField(parent, field.Name.Value) is not { } definition) return default;
        var type = definition.Type.Named;
        var own = (definition.CostWeight ?? (type is CompositeType ? 1 : 0)) + OfArguments(field, definition);
        var (size, below) = Measure(field, definition, sized);
        var selected = field.SelectionSet is { } set ? OfSet(set, type as CompositeType, below, depth + 1) : default;
        return new CostSum(own, 0) + (size * (new CostSum(0, WeightOf(type)) + selected));
    }

    // The size of the field's own list, and what it says about the lists right below it.
    private (int Size, Sized Below) Measure(FieldNode field, FieldDefinition definition, Sized sized)
    {
        var isList = definition.Type.Nullable is ListType;
        if (isList && sized.By is { } by && by.SizedFields.Contains(definition.Name)) return (sized.Size, default);
        if (definition.ListSize is not { } listSize) return (isList ? _limits.ListSizeDefault : 1, default);
        if (!_sizes.AreGivenRightly(field, definition, listSize)) Refuse($"Field \"{definition.Name}\" must be given exactly one slicing argument.", field);
        var size = Math.Max(0, _sizes.Of(field, definition, listSize));
        return listSize.SizedFields.Count > 0 ? (isList ? _limits.ListSizeDefault : 1, new Sized(listSize, size)) : (isList ? size : 1, default);
    }

    private static double OfArguments(FieldNode field, FieldDefinition definition)
    {
        var cost = 0.0;
        foreach (var argument in field.Arguments)
        {
            if (definition.FindArgument(argument.Name.Value) is { } input) cost += OfInput(input, argument.Value);
        }

        return cost;
    }

    private static double OfInput(InputValueDefinition input, ValueNode value)
    {
        var type = input.Type.Named as InputObjectType;
        return (input.CostWeight ?? input.Type.Named.CostWeight ?? (type is null ? 0 : 1)) + (type is null ? 0 : OfFields(type, value));
    }

    // What is inside a variable is not known here: the argument's own weight has to stand for it.
    private static double OfFields(InputObjectType type, ValueNode value) => value switch
    {
        ListValueNode list => list.Values.Sum(item => OfFields(type, item)),
        ObjectValueNode given => given.Fields.Sum(field => type.Find(field.Name.Value) is { } input ? OfInput(input, field.Value) : 0),
        _ => 0,
    };

    // Of an abstract type the dearest that it may be.
    private double WeightOf(NamedType type) => type switch
    {
        { CostWeight: { } weight } => weight,
        CompositeType and not ObjectType => _schema.PossibleTypes((CompositeType)type).Select(each => each.CostWeight ?? 1).DefaultIfEmpty(1).Max(),
        CompositeType => 1,
        _ => 0,
    };

    /// <summary>What a field with <c>sizedFields</c> says to the fields right below it.</summary>
    private readonly record struct Sized(ListSize? By, int Size);
}
