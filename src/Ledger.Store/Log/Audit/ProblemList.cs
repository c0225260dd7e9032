namespace Ledger.Store.Log.Audit;

/// <summary>What an audit has found so far, in the order of the log whatever order it was found in. Not thread-safe.</summary>
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
        if (sequence is not null && (FirstBad is null || sequence < FirstBad.Sequence)) FirstBad = problem;

        // Before those of later events; what is not about an event stays where it is.
        var place = _listed.Count;
        for (var i = place - 1; i >= 0 && !(_listed[i].Sequence <= sequence); i--)
            if (_listed[i].Sequence > sequence) place = i;
        if (place == Auditor.ProblemsMax) return;
        _listed.Insert(place, problem);
        if (_listed.Count > Auditor.ProblemsMax) _listed.RemoveAt(Auditor.ProblemsMax);
    }
}
