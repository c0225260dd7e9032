using System.Collections.Immutable;

namespace Ledger.GraphQL.Execution;

/// <summary>Where in the response the writer stands (§7.1.2, "path"): kept as it goes, turned into objects only for an error.</summary>
internal struct ResponsePath
{
    private Step[] _steps;

    public ResponsePath() => _steps = new Step[16];

    /// <summary>How far from the root.</summary>
    public int Depth { get; private set; }

    public void Push(string responseName)
    {
        if (Depth == _steps.Length) Array.Resize(ref _steps, Depth * 2);
        _steps[Depth++] = new Step(responseName, 0);
    }

    /// <summary>Enters a list, at its first item.</summary>
    public void PushIndex()
    {
        if (Depth == _steps.Length) Array.Resize(ref _steps, Depth * 2);
        _steps[Depth++] = default;
    }

    public readonly void SetIndex(int index) => _steps[Depth - 1].Index = index;

    /// <summary>Goes back to where <see cref="Depth"/> was.</summary>
    public void Return(int depth) => Depth = depth;

    public readonly ImmutableArray<object> ToArray(IReadOnlyList<int>? within = null)
    {
        var path = ImmutableArray.CreateBuilder<object>(Depth + (within?.Count ?? 0));
        foreach (var step in _steps.AsSpan(0, Depth)) path.Add(step.Name ?? (object)step.Index);
        foreach (var index in within ?? []) path.Add(index);
        return path.MoveToImmutable();
    }

    private struct Step(string? name, int index)
    {
        public string? Name = name;
        public int Index = index;
    }
}
