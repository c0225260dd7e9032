using Ledger.Domain.Measurements;
using Ledger.Intake.Documents;

namespace Ledger.Intake.Readers;

/// <summary>What a reader gathers from one report. The first refusal and the first reason for proving nothing are the ones that count.</summary>
internal sealed class Findings(string tool)
{
    private readonly Dictionary<string, Measurement> _measurements = new(StringComparer.Ordinal);
    private readonly List<string> _commits = [];
    private readonly List<string> _digests = [];

    public string Tool { get; } = tool;

    public Refusal? Refusal { get; private set; }

    public string? NotEvaluatedBecause { get; private set; }

    public IReadOnlyList<Measurement> Measurements => [.. _measurements.Values.OrderBy(measurement => measurement.Name, StringComparer.Ordinal)];

    public Subjects Subjects => new(_commits, _digests);

    public void Count(string name, long value) => Add(name, value, Unit.Count);

    /// <summary>
    /// A count of findings in a report that did not look everywhere: what was found was found, but none found proves nothing, so a zero is
    /// left out.
    /// </summary>
    public void AtLeast(string name, long value)
    {
        if (value > 0) Count(name, value);
    }

    public void Truth(string name, bool value) => Add(name, value ? 1 : 0, Unit.Boolean);

    public void Add(string name, double value, Unit unit)
    {
        if (!_measurements.TryAdd(name, new Measurement(name, value, unit))) Refuse(RefusalCodes.Malformed, "the report states a metric twice");
        else if (_measurements.Count > ReportLimits.MaxMeasurements) Refuse(RefusalCodes.TooManyMeasurements, $"the report yields more than {ReportLimits.MaxMeasurements} measurements");
    }

    /// <summary>The report does not prove what its tool is asked for.</summary>
    public void ProvesNothing(string because) => NotEvaluatedBecause ??= because;

    public void Refuse(string code, string message) => Refusal ??= new Refusal(code, message);

    public void WrongShape(string member, string expected) => Refuse(RefusalCodes.ToolMismatch, $"'{member}' is not {expected}, so this is no report of {Tool}");

    /// <summary>A commit the report names, if it is one: 7 to 64 hexadecimal digits.</summary>
    public void Commit(string? revision)
    {
        if (revision is { Length: >= 7 and <= 64 } && revision.All(char.IsAsciiHexDigit)) AddSubject(_commits, revision.ToLowerInvariant());
    }

    /// <summary>The manifest digest in <paramref name="reference"/>, if it has one: <c>sha256:…</c>, alone or after <c>repository@</c>.</summary>
    public bool Digest(string? reference)
    {
        const string prefix = "sha256:";
        const int length = 7 + 64;
        if (reference is null || reference.Length < length) return false;
        var digest = reference.AsSpan(reference.Length - length);
        if (reference.Length > length && reference[^(length + 1)] != '@') return false;
        if (!digest.StartsWith(prefix, StringComparison.Ordinal)) return false;
        foreach (var c in digest[prefix.Length..])
        {
            if (!char.IsAsciiHexDigit(c)) return false;
        }

        AddSubject(_digests, digest.ToString().ToLowerInvariant());
        return true;
    }

    private void AddSubject(List<string> subjects, string subject)
    {
        if (subjects.Contains(subject, StringComparer.Ordinal)) return;
        if (subjects.Count == ReportLimits.MaxSubjects) Refuse(RefusalCodes.ToolMismatch, $"the report names more than {ReportLimits.MaxSubjects} subjects");
        else subjects.Add(subject);
    }
}
