using Ledger.GraphQL.Language.Syntax;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Validation;

/// <summary>
/// The operations and fragments of a document, and which reaches which. Every search keeps a stack or queue of its own: a chain of
/// fragments may be as long as the document.
/// </summary>
internal sealed class FragmentGraph
{
    private readonly ValidationContext _context;
    private readonly Dictionary<string, ExecutableFacts> _fragmentsByName = new(StringComparer.Ordinal);
    private readonly Dictionary<ExecutableFacts, List<ExecutableFacts>> _reachable = [];
    private List<ExecutableFacts>? _sorted;
    private bool _isSorted;
    private int _mark;

    public FragmentGraph(ValidationContext context)
    {
        _context = context;
        foreach (var definition in context.Document.Definitions)
        {
            if (definition is OperationDefinitionNode operation)
            {
                Operations.Add(new ExecutableFacts(operation, operation.Name, operation.SelectionSet, context.Schema?.RootType(operation.Operation)));
            }
            else if (definition is FragmentDefinitionNode fragment)
            {
                var type = context.Schema?.FindType(fragment.TypeCondition.Name.Value) as CompositeType;
                var facts = new ExecutableFacts(fragment, fragment.Name, fragment.SelectionSet, type);
                Fragments.Add(facts);
                _fragmentsByName[fragment.Name.Value] = facts;
            }
        }
    }

    /// <summary>In the order of the text.</summary>
    public List<ExecutableFacts> Operations { get; } = [];

    /// <summary>In the order of the text, also those of a name that is taken.</summary>
    public List<ExecutableFacts> Fragments { get; } = [];

    /// <summary>The fragment of a name, the last of several; null when there is none.</summary>
    public ExecutableFacts? Find(string name) => _fragmentsByName.GetValueOrDefault(name);

    /// <summary>A mark that no facts bear yet; see <see cref="ExecutableFacts.Mark"/>.</summary>
    public int NextMark() => ++_mark;

    /// <summary>The fragments that an operation reaches, each once, the near ones first. Counted against the limit of visits.</summary>
    public IReadOnlyList<ExecutableFacts> ReachableFrom(ExecutableFacts operation)
    {
        if (_reachable.TryGetValue(operation, out var found)) return found;
        found = [];
        if (_context.IsStopped) return found;
        var mark = NextMark();
        AddSpread(operation, found, mark);
        for (var i = 0; i < found.Count; i++)
        {
            if (!_context.TrySpendFragmentVisit()) break;
            AddSpread(found[i], found, mark);
        }

        _reachable.Add(operation, found);
        return found;
    }

    /// <summary>The fragments that no operation reaches. Linear in the document.</summary>
    public List<ExecutableFacts> FindUnreached()
    {
        var found = new List<ExecutableFacts>();
        var mark = NextMark();
        foreach (var operation in Operations) AddSpread(operation, found, mark);
        for (var i = 0; i < found.Count; i++) AddSpread(found[i], found, mark);
        return Fragments.FindAll(fragment => fragment.Mark != mark);
    }

    /// <summary>
    /// All fragments, each after those it spreads, then the operations: the order in which what holds for a whole fragment can be worked
    /// out once. Null when fragments form a circle.
    /// </summary>
    public List<ExecutableFacts>? SortedBySpreads
    {
        get
        {
            if (!_isSorted) (_sorted, _isSorted) = (SortBySpreads(), true);
            return _sorted;
        }
    }

    private List<ExecutableFacts>? SortBySpreads()
    {
        var sorted = new List<ExecutableFacts>();
        var (open, done) = (NextMark(), NextMark());
        var path = new Stack<(ExecutableFacts Facts, int Next)>();
        foreach (var start in Fragments.Concat(Operations))
        {
            if (start.Mark == done) continue;
            start.Mark = open;
            path.Push((start, 0));
            while (path.TryPop(out var step))
            {
                if (step.Next == step.Facts.Spreads.Count)
                {
                    step.Facts.Mark = done;
                    sorted.Add(step.Facts);
                    continue;
                }

                path.Push((step.Facts, step.Next + 1));
                if (Find(step.Facts.Spreads[step.Next].Name.Value) is not { } target || target.Mark == done) continue;
                if (target.Mark == open) return null;
                target.Mark = open;
                path.Push((target, 0));
            }
        }

        return sorted;
    }

    private void AddSpread(ExecutableFacts from, List<ExecutableFacts> found, int mark)
    {
        foreach (var spread in from.Spreads)
        {
            if (Find(spread.Name.Value) is not { } fragment || fragment.Mark == mark) continue;
            fragment.Mark = mark;
            found.Add(fragment);
        }
    }
}
