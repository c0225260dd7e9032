using Ledger.GraphQL.Language.Syntax;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Validation.Merging;

/// <summary>
/// Finds out whether all fields of a document can be merged, in time that grows with the document and not with the pairs of its fields
/// (§5.3.2, FieldsInSetCanMerge). The fields of one response name are one group: each is compared with the first, and what they all select
/// is merged into one set, which is checked in turn. A set that was checked is not checked again, however many ways lead to it, so
/// fragments that double at every level cost no more than their text. Nothing recurses. After S. Adameit, "GraphQL: Overlapping
/// Fields Can Be Merged Fast" (XING).
/// </summary>
internal sealed class MergeCheck(ValidationContext context)
{
    private readonly Stack<(MergeField[] Fields, Aspects Aspects)> _pending = new();
    private readonly HashSet<(MergeField[] Fields, Aspects Aspects)> _seen = new(SameFields.Instance);
    private readonly List<(SelectionSetNode Set, CompositeType? Type)> _sets = [];
    private readonly Dictionary<string, int> _lastOfName = new(StringComparer.Ordinal);
    private readonly List<int> _firsts = [];

    /// <summary>What fields have to agree in.</summary>
    [Flags]
    private enum Aspects : byte
    {
        /// <summary>The shape of the response: asked of all fields of a response name.</summary>
        Shape = 1,

        /// <summary>Field and arguments: asked of those that may apply to the same object.</summary>
        Identity = 2,
    }

    /// <summary>The first conflict found; null when there is none, or when the limit was reached, which is reported.</summary>
    public MergeConflict? Find()
    {
        foreach (var root in context.Graph.Operations.Concat(context.Graph.FindUnreached()))
        {
            _sets.Add((root.SelectionSet, root.Type));
            Push(Aspects.Shape | Aspects.Identity);
            while (_pending.TryPop(out var next))
            {
                if (context.IsStopped) return null;
                if (Check(next.Fields, next.Aspects) is { } conflict) return context.IsStopped ? null : conflict;
            }
        }

        return null;
    }

    private MergeConflict? Check(MergeField[] fields, Aspects aspects)
    {
        var next = LinkByName(fields);
        foreach (var first in _firsts)
        {
            if (context.IsStopped) return null;
            if (next[first] == 0)
            {
                PushSelections([fields[first]], aspects);
                continue;
            }

            var group = new List<MergeField>();
            for (var i = first; i != 0 || group.Count == 0; i = next[i]) group.Add(fields[i]);
            if (CheckGroup(group, aspects) is { } conflict) return conflict;
        }

        return null;
    }

    // The index of the next field of the same response name; 0 after the last, since no field comes before the first.
    private int[] LinkByName(MergeField[] fields)
    {
        _firsts.Clear();
        _lastOfName.Clear();
        var next = new int[fields.Length];
        for (var i = 0; i < fields.Length; i++)
        {
            var name = fields[i].Node.ResponseName;
            if (_lastOfName.TryGetValue(name, out var last)) next[last] = i;
            else _firsts.Add(i);
            _lastOfName[name] = i;
        }

        return next;
    }

    private MergeConflict? CheckGroup(List<MergeField> group, Aspects aspects)
    {
        var byType = group.Where(field => field.Parent is ObjectType).GroupBy(field => field.Parent).ToList();
        if (byType.Count < 2 && aspects.HasFlag(Aspects.Identity) && FindDifference(group) is { } different) return different;
        if (aspects.HasFlag(Aspects.Shape) && FindMisfit(group) is { } misfit) return misfit;
        if (byType.Count < 2)
        {
            PushSelections(group, aspects);
            return null;
        }

        // On different object types the fields may differ, but still need one shape.
        if (aspects.HasFlag(Aspects.Shape)) PushSelections(group, Aspects.Shape);
        if (!aspects.HasFlag(Aspects.Identity)) return null;
        var everywhere = group.Where(field => field.Parent is not ObjectType).ToList();
        foreach (var ofType in byType)
        {
            List<MergeField> together = [.. everywhere, .. ofType];
            if (FindDifference(together) is { } difference) return difference;
            PushSelections(together, Aspects.Identity);
        }

        return null;
    }

    private MergeConflict? FindMisfit(List<MergeField> group)
    {
        var known = group.FindIndex(field => field.Definition is not null);
        for (var i = known + 1; known >= 0 && i < group.Count; i++)
        {
            if (!context.TrySpendMergeComparison()) return null;
            if (FieldComparison.FindMisfit(group[known], group[i]) is { } reason) return MergeConflict.Between(group[known], group[i], reason);
        }

        return null;
    }

    private MergeConflict? FindDifference(List<MergeField> group)
    {
        for (var i = 1; i < group.Count; i++)
        {
            if (!context.TrySpendMergeComparison()) return null;
            if (FieldComparison.FindDifference(group[0], group[i], () => context.TrySpendMergeComparison()) is { } reason)
                return MergeConflict.Between(group[0], group[i], reason);
        }

        return null;
    }

    private void PushSelections(List<MergeField> group, Aspects aspects)
    {
        foreach (var field in group)
        {
            if (field.Node.SelectionSet is { } set) _sets.Add((set, field.Selected));
        }

        if (_sets.Count > 0) Push(aspects);
    }

    // Puts the fields of the collected sets in line, each fragment spread once.
    private void Push(Aspects aspects)
    {
        var fields = new List<MergeField>();
        var mark = context.Graph.NextMark();
        for (var i = 0; i < _sets.Count; i++)
        {
            var (set, type) = _sets[i];
            foreach (var selection in set.Selections)
            {
                if (!context.TrySpendMergeComparison()) return;
                switch (selection)
                {
                    case FieldNode field:
                        fields.Add(MergeField.Of(field, type, context.Schema!));
                        break;
                    case InlineFragmentNode inline:
                        _sets.Add((inline.SelectionSet, inline.TypeCondition is { } condition ? context.Schema!.FindType(condition.Name.Value) as CompositeType : type));
                        break;
                    case FragmentSpreadNode spread when context.Graph.Find(spread.Name.Value) is { } fragment && fragment.Mark != mark:
                        fragment.Mark = mark;
                        _sets.Add((fragment.SelectionSet, fragment.Type));
                        break;
                }
            }
        }

        _sets.Clear();
        (MergeField[] Fields, Aspects Aspects) next = ([.. fields], aspects);
        if (_seen.Add(next)) _pending.Push(next);
    }

    // The type that a field is selected on follows from where it stands, so the nodes alone tell sets apart.
    private sealed class SameFields : IEqualityComparer<(MergeField[] Fields, Aspects Aspects)>
    {
        public static SameFields Instance { get; } = new();

        public bool Equals((MergeField[] Fields, Aspects Aspects) x, (MergeField[] Fields, Aspects Aspects) y)
        {
            if (x.Aspects != y.Aspects || x.Fields.Length != y.Fields.Length) return false;
            for (var i = 0; i < x.Fields.Length; i++)
            {
                if (x.Fields[i].Node != y.Fields[i].Node) return false;
            }

            return true;
        }

        public int GetHashCode((MergeField[] Fields, Aspects Aspects) obj)
        {
            var hash = default(HashCode);
            hash.Add(obj.Aspects);
            foreach (var field in obj.Fields) hash.Add(field.Node);
            return hash.ToHashCode();
        }
    }
}
