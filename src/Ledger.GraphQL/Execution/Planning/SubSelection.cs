using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Ledger.GraphQL.Language.Syntax;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Execution;

/// <summary>
/// What a field selects of its value, planned for an object type when the first value of it appears. Thread-safe: two threads may plan
/// the same, and one of the two equal plans stays.
/// </summary>
/// <param name="compiler">Plans.</param>
/// <param name="nodes">The places that select the field.</param>
internal sealed class SubSelection(PlanCompiler compiler, ImmutableArray<FieldNode> nodes)
{
    private SelectionPlan? _latest;
    private ImmutableDictionary<ObjectType, SelectionPlan> _byType = ImmutableDictionary.Create<ObjectType, SelectionPlan>();

    /// <summary>The plan for an object type.</summary>
    /// <exception cref="ExecutionAbortedException">There are too many plans already.</exception>
    public SelectionPlan For(ObjectType type)
    {
        // Most fields only ever see one type, and lists see runs of one.
        var latest = _latest;
        if (latest is not null && ReferenceEquals(latest.Type, type)) return latest;
        if (!_byType.TryGetValue(type, out var plan))
            plan = ImmutableInterlocked.GetOrAdd(ref _byType, type, each => compiler.Compile(each, [.. nodes.Where(node => node.SelectionSet is not null).Select(node => node.SelectionSet!)]));
        _latest = plan;
        return plan;
    }
}

/// <summary>Field nodes as a key: the same nodes in the same order.</summary>
internal readonly struct FieldNodesKey(ImmutableArray<FieldNode> nodes) : IEquatable<FieldNodesKey>
{
    private readonly ImmutableArray<FieldNode> _nodes = nodes;

    public bool Equals(FieldNodesKey other) => _nodes.AsSpan().SequenceEqual(other._nodes.AsSpan());

    public override bool Equals(object? obj) => obj is FieldNodesKey other && Equals(other);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var node in _nodes) hash.Add(RuntimeHelpers.GetHashCode(node));
        return hash.ToHashCode();
    }
}
