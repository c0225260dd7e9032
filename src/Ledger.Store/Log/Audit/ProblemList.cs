namespace Ledger.Store.Log.Audit;

/// <summary>What an audit has found so far. Not thread-safe.</summary>
internal sealed class ProblemList
{
    private readonly List<AuditProblem> _listed = [];

    public IReadOnlyList<AuditProblem> Listed => _listed;

    public long Count { get; private set; }

    /// <summary>The problem of the lowest sequence number.</summary>
    public AuditProblem? FirstBad { get; private set; }

    public void Add(string code, string message, long? sequence = null, string? stream = null)
    {
        var problem = new AuditProblem(code, message, sequence, stream);
        Count++;
        if (_listed.Count < Auditor.ProblemsMax) _listed.Add(problem);
        if (sequence is not null && (FirstBad is null || sequence < FirstBad.Sequence)) FirstBad = problem;
    }
}
