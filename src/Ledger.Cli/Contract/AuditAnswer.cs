namespace Ledger.Cli.Contract;

/// <summary>What POST /v1/audit answers.</summary>
internal sealed record AuditAnswer(
    bool Sound, long Events, long TreeSize, string Root, IReadOnlyList<AuditProblem> Problems, long ElapsedMs, AuditProblem? FirstBad = null)
{
    /// <summary>What contradicts itself; null when the answer can be believed.</summary>
    public string? Contradiction => (Sound, Problems.Count, FirstBad) switch
    {
        (true, > 0, _) or (true, _, not null) => "it says that the log is sound, and what is wrong with it",
        (false, 0, null) => "it says that the log is not sound, and nothing that is wrong with it",
        _ => null,
    };
}

/// <summary>One thing that is wrong with the log.</summary>
internal sealed record AuditProblem(string Message, string? Code = null, long? Sequence = null, long? LeafIndex = null, string? Stream = null);
