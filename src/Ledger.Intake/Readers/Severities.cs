namespace Ledger.Intake.Readers;

/// <summary>Counts by severity, in a tool's own words.</summary>
internal sealed class Severities(params string[] names)
{
    private readonly long[] _counts = new long[names.Length];

    public long Total => _counts.Sum();

    /// <summary>Counts one finding. False when the tool has no such severity.</summary>
    public bool TryAdd(string severity, long count = 1)
    {
        var index = Array.FindIndex(names, name => name.Equals(severity, StringComparison.OrdinalIgnoreCase));
        if (index < 0) return false;
        _counts[index] += count;
        return true;
    }

    /// <summary>What has been counted of one severity.</summary>
    public long this[string severity]
    {
        get => _counts[Array.IndexOf(names, severity)];
        set => _counts[Array.IndexOf(names, severity)] = value;
    }

    /// <summary>States every count as <c>prefix.severity</c>, and the total: zeros too where the report looked everywhere.</summary>
    public void Report(Findings findings, string prefix, bool complete = true, bool withTotal = true)
    {
        for (var i = 0; i < names.Length; i++) State(findings, $"{prefix}.{names[i]}", _counts[i], complete);
        if (withTotal) State(findings, $"{prefix}.total", Total, complete);
    }

    private static void State(Findings findings, string name, long count, bool complete)
    {
        if (complete) findings.Count(name, count);
        else findings.AtLeast(name, count);
    }
}
