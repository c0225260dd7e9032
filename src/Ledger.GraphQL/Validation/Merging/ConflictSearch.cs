using Ledger.GraphQL.Language.Syntax;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Validation.Merging;

/// <summary>
/// Finds every pair of fields that conflict, and says how they came together, in the words of graphql-js. It compares pairs, so it is for
/// documents of which <see cref="MergeCheck"/> knows that something is wrong with them, and it gives up at a limit of its own.
/// </summary>
internal sealed class ConflictSearch(ValidationContext context)
{
    // Fields may nest through fragments deeper than the document does; every level is a few frames of the stack.
    private const int DepthMax = 200;

    private readonly Dictionary<SelectionSetNode, MergeSelections> _selections = [];
    private readonly Dictionary<(MergeSelections, ExecutableFacts), bool> _fieldsAndFragments = [];
    private readonly Dictionary<(ExecutableFacts, ExecutableFacts), bool> _fragments = [];
    private int _left = context.Options.MergeComparisonsMax;
    private int _depth;

    /// <summary>Whether there is work left to spend; what was found before is right all the same.</summary>
    public bool IsExhausted => _left <= 0;

    /// <summary>The conflicts within one selection set, and between it and the fragments it spreads; about as many as errors are looked for.</summary>
    public List<MergeConflict> FindWithin(SelectionSetNode set, CompositeType? type)
    {
        var conflicts = new List<MergeConflict>();
        var selections = Select(set, type);
        foreach (var group in selections.Groups)
        {
            for (var i = 0; i < group.Count; i++)
            {
                for (var j = i + 1; j < group.Count; j++)
                {
                    if (IsExhausted || conflicts.Count >= context.Options.ErrorsMax) return conflicts;
                    Compare(group[i], group[j], areExclusive: false, conflicts);
                }
            }
        }

        for (var i = 0; i < selections.Fragments.Count; i++)
        {
            CompareWithFragment(selections, selections.Fragments[i], areExclusive: false, conflicts);
            for (var j = i + 1; j < selections.Fragments.Count; j++)
            {
                if (IsExhausted || conflicts.Count >= context.Options.ErrorsMax) return conflicts;
                CompareFragments(selections.Fragments[i], selections.Fragments[j], areExclusive: false, conflicts);
            }
        }

        return conflicts;
    }

    private MergeSelections Select(SelectionSetNode set, CompositeType? type)
    {
        if (!_selections.TryGetValue(set, out var selections)) _selections.Add(set, selections = new MergeSelections(set, type, context));
        return selections;
    }

    private MergeSelections Select(ExecutableFacts fragment) => Select(fragment.SelectionSet, fragment.Type);

    private void Compare(in MergeField one, in MergeField other, bool areExclusive, List<MergeConflict> conflicts)
    {
        _left--;
        areExclusive |= FieldComparison.AreExclusive(one, other);
        var reason = (areExclusive ? null : FieldComparison.FindDifference(one, other, () => --_left > 0)) ?? FieldComparison.FindMisfit(one, other);
        if (reason is not null) conflicts.Add(MergeConflict.Between(one, other, reason));
        else if (one.Node.SelectionSet is { } set1 && other.Node.SelectionSet is { } set2)
            CompareBelow(one, Select(set1, one.Selected), other, Select(set2, other.Selected), areExclusive, conflicts);
    }

    private void CompareBelow(
        in MergeField one, MergeSelections selections1, in MergeField other, MergeSelections selections2, bool areExclusive, List<MergeConflict> conflicts)
    {
        if (_depth == DepthMax) _left = 0;
        if (IsExhausted) return;
        _depth++;
        var below = new List<MergeConflict>();
        CompareAcross(selections1, selections2, areExclusive, below);
        foreach (var fragment in selections2.Fragments) CompareWithFragment(selections1, fragment, areExclusive, below);
        foreach (var fragment in selections1.Fragments) CompareWithFragment(selections2, fragment, areExclusive, below);
        foreach (var fragment1 in selections1.Fragments)
        {
            foreach (var fragment2 in selections2.Fragments) CompareFragments(fragment1, fragment2, areExclusive, below);
        }

        _depth--;
        if (below.Count > 0) conflicts.Add(MergeConflict.Below(one, other, below));
    }

    private void CompareAcross(MergeSelections one, MergeSelections other, bool areExclusive, List<MergeConflict> conflicts)
    {
        foreach (var group in one.Groups)
        {
            if (--_left <= 0) return;
            if (other.Find(group[0].Node.ResponseName) is not { } opposite) continue;
            foreach (var field1 in group)
            {
                foreach (var field2 in opposite)
                {
                    if (IsExhausted) return;
                    Compare(field1, field2, areExclusive, conflicts);
                }
            }
        }
    }

    // With the fragment, then with the fragments it spreads, in the order in which a recursion would come to them.
    private void CompareWithFragment(MergeSelections selections, ExecutableFacts start, bool areExclusive, List<MergeConflict> conflicts)
    {
        if (selections.Groups.Count == 0) return;
        var pending = new Stack<ExecutableFacts>([start]);
        while (pending.TryPop(out var fragment))
        {
            if (--_left <= 0) return;
            if (!IsNew(_fieldsAndFragments, (selections, fragment), areExclusive)) continue;
            var ofFragment = Select(fragment);
            if (ofFragment == selections) continue;
            CompareAcross(selections, ofFragment, areExclusive, conflicts);
            for (var i = ofFragment.Fragments.Count - 1; i >= 0; i--) pending.Push(ofFragment.Fragments[i]);
        }
    }

    private void CompareFragments(ExecutableFacts start1, ExecutableFacts start2, bool areExclusive, List<MergeConflict> conflicts)
    {
        var pending = new Stack<(ExecutableFacts, ExecutableFacts)>([(start1, start2)]);
        while (pending.TryPop(out var pair))
        {
            if (--_left <= 0) return;
            var (one, other) = pair;
            if (one == other || (_fragments.TryGetValue((other, one), out var wasExclusive) && (areExclusive || !wasExclusive))) continue;
            if (!IsNew(_fragments, pair, areExclusive)) continue;
            var (selections1, selections2) = (Select(one), Select(other));
            CompareAcross(selections1, selections2, areExclusive, conflicts);
            for (var i = selections1.Fragments.Count - 1; i >= 0; i--) pending.Push((selections1.Fragments[i], other));
            for (var i = selections2.Fragments.Count - 1; i >= 0; i--) pending.Push((one, selections2.Fragments[i]));
        }
    }

    // A pair that was compared as one that may apply together need not be compared as one that may not.
    private static bool IsNew<T>(Dictionary<T, bool> compared, T pair, bool areExclusive)
        where T : notnull
    {
        if (compared.TryGetValue(pair, out var wasExclusive) && (areExclusive || !wasExclusive)) return false;
        compared[pair] = areExclusive;
        return true;
    }
}
