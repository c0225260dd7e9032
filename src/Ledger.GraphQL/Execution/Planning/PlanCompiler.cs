using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using Ledger.GraphQL.Language.Syntax;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Execution;

/// <summary>
/// Plans selections: collects and merges fields (§6.3.2, §6.4.3 "Merging Selection Sets") for one object type. Fields that are selected at
/// the same places share what is planned below them, so that fragments that double cost no more than their text. Thread-safe.
/// </summary>
internal sealed class PlanCompiler(
    Schema schema, DocumentNode document, Dictionary<string, FragmentDefinitionNode> fragments, Inclusion inclusion, HashSet<FieldNode> deferredBelow, int selectionsMax)
{
    private readonly ConcurrentDictionary<FieldNodesKey, SubSelection> _selections = new();
    private int _compiled;
    private int _slots;

    /// <summary>Plans what selection sets select of an object type.</summary>
    /// <exception cref="ExecutionAbortedException">There are too many plans already.</exception>
    public SelectionPlan Compile(ObjectType type, ImmutableArray<SelectionSetNode> sets)
    {
        if (Interlocked.Increment(ref _compiled) > selectionsMax)
            throw new ExecutionAbortedException("Operation has too many selections to merge.", ErrorCodes.DocumentLimit);
        var fields = new OrderedDictionary<string, List<FieldNode>>(StringComparer.Ordinal);
        HashSet<string>? spread = null;
        foreach (var set in sets) Collect(set, type, fields, ref spread);
        var plans = new List<FieldPlan>(fields.Count);
        var columns = 0;
        foreach (var nodes in fields.Values)
        {
            if (schema.FindField(type, nodes[0].Name.Value) is { } definition) plans.Add(Plan(type, definition, [.. nodes], plans.Count == 0, ref columns));
        }

        return new SelectionPlan(type, [.. plans]);
    }

    // Recursion is bounded by the depth that the operation was surveyed with.
    private void Collect(SelectionSetNode set, ObjectType type, OrderedDictionary<string, List<FieldNode>> fields, ref HashSet<string>? spread)
    {
        foreach (var selection in set.Selections)
        {
            if (!inclusion.Includes(selection)) continue;
            switch (selection)
            {
                case FieldNode field:
                    if (!fields.TryGetValue(field.ResponseName, out var nodes)) fields.Add(field.ResponseName, nodes = []);
                    nodes.Add(field);
                    break;
                case InlineFragmentNode inline:
                    if (Applies(inline.TypeCondition, type)) Collect(inline.SelectionSet, type, fields, ref spread);
                    break;
                case FragmentSpreadNode { Name.Value: var name }:
                    if ((spread ??= []).Add(name) && fragments.TryGetValue(name, out var fragment) && Applies(fragment.TypeCondition, type))
                        Collect(fragment.SelectionSet, type, fields, ref spread);
                    break;
            }
        }
    }

    // DoesFragmentTypeApply (§6.3.2).
    private bool Applies(NamedTypeNode? condition, ObjectType type) =>
        condition is null || schema.FindType(condition.Name.Value) is CompositeType named && (named == type || schema.IsSubType(named, type));

    private FieldPlan Plan(ObjectType type, FieldDefinition definition, ImmutableArray<FieldNode> nodes, bool isFirst, ref int columns)
    {
        var isDeferredBelow = nodes.Any(deferredBelow.Contains);
        var kind = KindOf(definition, isDeferredBelow);
        var value = kind == FieldKind.TypeName ? $"\"{type.Name}\"" : "";
        return new FieldPlan(document, type, definition, nodes)
        {
            Key = Encoding.UTF8.GetBytes($"{(isFirst ? '{' : ',')}\"{nodes[0].ResponseName}\":{value}"),
            Kind = kind,
            Arguments = ArgumentPlan.For(type, definition, nodes[0], document, ref _slots),
            Selection = definition.Type.Named is CompositeType ? _selections.GetOrAdd(new FieldNodesKey(nodes), _ => new SubSelection(this, nodes)) : null,
            IsDeferredBelow = isDeferredBelow,
            Column = kind == FieldKind.Deferred ? columns++ : -1,
        };
    }

    private static FieldKind KindOf(FieldDefinition definition, bool isDeferredBelow) => definition.Resolver switch
    {
        null when definition == Schema.TypeNameField => FieldKind.TypeName,
        null => FieldKind.Missing,
        AsyncResolver or BatchResolver or StreamResolver => FieldKind.Deferred,
        LeafResolver => FieldKind.Leaf,
        _ => isDeferredBelow ? FieldKind.Deferred : FieldKind.Value,
    };
}
