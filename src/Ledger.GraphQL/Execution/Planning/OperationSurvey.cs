using Ledger.GraphQL.Language.Syntax;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Execution;

/// <summary>A field that not everybody may select.</summary>
/// <param name="Policy">The host's.</param>
/// <param name="Coordinate">The field, such as <c>Release.gates</c>.</param>
/// <param name="Node">Where it is selected first.</param>
internal readonly record struct GuardedField(object Policy, string Coordinate, FieldNode Node);

/// <summary>
/// What has to be known of a whole operation before its first field is resolved: how deep it goes, whom it is for, and where something has
/// to be waited for. Types are followed as they stand in the document, so a field counts when any object type that is possible there has
/// it so. Each fragment is surveyed once; recursion ends at the depth limit.
/// </summary>
internal sealed class OperationSurvey
{
    private readonly Schema _schema;
    private readonly Dictionary<string, FragmentDefinitionNode> _fragments;
    private readonly Inclusion _inclusion;
    private readonly int _depthMax;
    private readonly Dictionary<FragmentDefinitionNode, Facts> _known = [];
    private readonly HashSet<(CompositeType, string)> _guardsSeen = [];
    private readonly Dictionary<(CompositeType, string), bool> _isAwaited = [];

    public OperationSurvey(Schema schema, Dictionary<string, FragmentDefinitionNode> fragments, Inclusion inclusion, int depthMax) =>
        (_schema, _fragments, _inclusion, _depthMax) = (schema, fragments, inclusion, depthMax);

    /// <summary>Fields within whose values something has to be waited for.</summary>
    public HashSet<FieldNode> DeferredBelow { get; } = [];

    /// <summary>In the order of the document.</summary>
    public List<GuardedField> Guarded { get; } = [];

    /// <summary>Whether the operation goes deeper than it may. The rest of the findings is then incomplete.</summary>
    public bool IsTooDeep { get; private set; }

    /// <summary>Whether anything has to be waited for.</summary>
    public bool IsDeferred { get; private set; }

    public void Run(SelectionSetNode selections, ObjectType root) => IsDeferred = Look(selections, root, 1).IsDeferred;

    private Facts Look(SelectionSetNode set, CompositeType? type, int depth)
    {
        var found = new Facts(1, false);
        foreach (var selection in set.Selections)
        {
            if (depth > _depthMax) IsTooDeep = true;
            if (IsTooDeep) return found;
            if (!_inclusion.Includes(selection)) continue;
            var each = selection switch
            {
                FieldNode field => LookAtField(field, type, depth),
                InlineFragmentNode inline => Look(inline.SelectionSet, ConditionOf(inline.TypeCondition) ?? type, depth + 1),
                FragmentSpreadNode spread when _fragments.TryGetValue(spread.Name.Value, out var fragment) => LookAtFragment(fragment, depth + 1),
                _ => default,
            };
            found = new Facts(Math.Max(found.Height, each.Height + 1), found.IsDeferred | each.IsDeferred);
        }

        return found;
    }

    private Facts LookAtFragment(FragmentDefinitionNode fragment, int depth)
    {
        if (!_known.TryGetValue(fragment, out var facts))
        {
            facts = Look(fragment.SelectionSet, ConditionOf(fragment.TypeCondition), depth);
            _known[fragment] = facts;
        }
        else if (depth + facts.Height - 1 > _depthMax)
        {
            IsTooDeep = true;
        }

        return facts;
    }

    private Facts LookAtField(FieldNode field, CompositeType? type, int depth)
    {
        if (type is null || _schema.FindField(type, field.Name.Value) is not { } definition) return default;
        var isAwaited = Inspect(type, field);
        if (field.SelectionSet is not { } below) return new Facts(0, isAwaited);
        var facts = Look(below, definition.Type.Named as CompositeType, depth + 1);
        if (facts.IsDeferred) DeferredBelow.Add(field);
        return facts with { IsDeferred = facts.IsDeferred | isAwaited };
    }

    // Whether the field has to be waited for on some object type; notes its policies on the way.
    private bool Inspect(CompositeType type, FieldNode field)
    {
        var name = field.Name.Value;
        if (_isAwaited.TryGetValue((type, name), out var isAwaited)) return isAwaited;
        Guard(type, field);
        foreach (var possible in _schema.PossibleTypes(type))
        {
            Guard(possible, field);
            isAwaited |= _schema.FindField(possible, name)?.Resolver is AsyncResolver or BatchResolver or StreamResolver;
        }

        return _isAwaited[(type, name)] = isAwaited;
    }

    private void Guard(CompositeType type, FieldNode field)
    {
        if (_schema.FindField(type, field.Name.Value)?.Policy is { } policy && _guardsSeen.Add((type, field.Name.Value)))
            Guarded.Add(new GuardedField(policy, $"{type.Name}.{field.Name.Value}", field));
    }

    private CompositeType? ConditionOf(NamedTypeNode? condition) => condition is null ? null : _schema.FindType(condition.Name.Value) as CompositeType;

    /// <summary>What is known of a selection.</summary>
    /// <param name="Height">How many levels it has.</param>
    /// <param name="IsDeferred">Whether something in it has to be waited for.</param>
    private readonly record struct Facts(int Height, bool IsDeferred);
}
