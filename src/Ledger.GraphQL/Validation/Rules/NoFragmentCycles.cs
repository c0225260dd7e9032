using System.Runtime.InteropServices;
using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Validation.Rules;

/// <summary>
/// Fragment spreads must not form cycles (§5.5.2.2). Every fragment is entered once; the way to it is a stack of our own, because it may
/// be as long as the document.
/// </summary>
internal sealed class NoFragmentCycles(ValidationContext context) : RuleVisitor(context)
{
    private readonly HashSet<string> _visited = new(StringComparer.Ordinal);
    private readonly List<Node> _path = [];
    private readonly Dictionary<string, int> _depthOnPath = new(StringComparer.Ordinal);

    public override void LeaveDocument(DocumentNode document)
    {
        foreach (var fragment in Context.Graph.Fragments)
        {
            if (_visited.Add(fragment.Name!.Value)) Follow(fragment);
        }
    }

    private void Follow(ExecutableFacts start)
    {
        var open = new Stack<(ExecutableFacts Fragment, int Next)>();
        Enter(open, start);
        while (open.TryPop(out var step))
        {
            if (step.Next == step.Fragment.Spreads.Count)
            {
                _depthOnPath.Remove(step.Fragment.Name!.Value);
                if (open.Count > 0) _path.RemoveAt(_path.Count - 1);
                continue;
            }

            open.Push((step.Fragment, step.Next + 1));
            var spread = step.Fragment.Spreads[step.Next];
            _path.Add(spread);
            if (_depthOnPath.TryGetValue(spread.Name.Value, out var depth)) Report(spread.Name.Value, depth);
            else if (Context.Graph.Find(spread.Name.Value) is { } fragment && _visited.Add(fragment.Name!.Value))
            {
                Enter(open, fragment);
                continue;
            }

            _path.RemoveAt(_path.Count - 1);
            if (Context.IsStopped) return;
        }
    }

    private void Enter(Stack<(ExecutableFacts Fragment, int Next)> open, ExecutableFacts fragment)
    {
        _depthOnPath[fragment.Name!.Value] = _path.Count;
        open.Push((fragment, 0));
    }

    private void Report(string name, int depth)
    {
        var cycle = CollectionsMarshal.AsSpan(_path)[depth..];
        var via = string.Join(", ", _path.Skip(depth).SkipLast(1).Select(spread => $"\"{((FragmentSpreadNode)spread).Name.Value}\""));
        Context.Report($"Cannot spread fragment \"{name}\" within itself{(via.Length > 0 ? $" via {via}" : "")}.", cycle);
    }
}
