using Ledger.Domain.Measurements;

namespace Ledger.Domain.Policies.Checking;

/// <summary>Collects problems, and holds the few checks that many rules share.</summary>
internal sealed class ProblemSink
{
    private const double DayMs = 86_400_000;
    private const double MaxDays = 366;

    private readonly List<PolicyProblem> _problems = [];
    private readonly Dictionary<string, Quantity> _comparedWith = new(StringComparer.Ordinal);

    internal int Count => _problems.Count;

    /// <summary>Errors first, so that no number of warnings pushes one out.</summary>
    internal IReadOnlyList<PolicyProblem> ToList() => [.. _problems.OrderBy(problem => problem.Severity).Take(PolicyJson.MaxProblems)];

    internal void Error(string code, string path, string message, string? hint = null) => _problems.Add(new PolicyProblem(code, path, message, hint));

    internal void Warn(string code, string path, string message, string? hint = null) =>
        _problems.Add(new PolicyProblem(code, path, message, hint, ProblemSeverity.Warning));

    /// <summary>A span of time that means something: more than nothing, at most a leap year.</summary>
    internal void Duration(string path, Quantity? duration)
    {
        if (duration is not { } given) return;
        if (given.Unit != Unit.Milliseconds)
            Error(PolicyProblemCodes.UnitMismatch, path, $"'{given.Text}' is not a duration; write one with its unit.", "e.g. 30s, 5min, 24h");
        else if (given.Value is <= 0 or > MaxDays * DayMs)
            Error(PolicyProblemCodes.OutOfRange, path, $"'{given.Text}' is out of range; write a duration greater than 0 and at most {MaxDays} days.");
    }

    /// <summary>A name that must be declared elsewhere.</summary>
    internal void Reference(string path, string? name, IReadOnlyCollection<string> declared, string what, string code = PolicyProblemCodes.UnknownReference)
    {
        if (name is null || declared.Contains(name)) return;
        Error(code, path, $"No {what} is called '{name}'; declare it or correct the name.", Nearest.Hint(name, declared));
    }

    /// <summary>A metric of the running service, compared in a unit the author chose: one and the same wherever the metric is compared.</summary>
    internal void RuntimeMetric(string path, string metric, Quantity? threshold = null)
    {
        if (!MetricCatalog.TryFind(MetricCatalog.PlainDocument, metric, out _))
        {
            Error(PolicyProblemCodes.UnknownMetric, path, $"'{metric}' cannot be the name of a metric; use letters, digits and . _ ( ) / -, at most 120.");
            return;
        }

        if (threshold is not { } compared) return;
        if (!_comparedWith.TryAdd(metric, compared) && (_comparedWith[metric].Unit ?? Unit.Count) != (compared.Unit ?? Unit.Count))
            Error(
                PolicyProblemCodes.UnitMismatch, path,
                $"'{metric}' is compared with {compared.Text} here and with {_comparedWith[metric].Text} elsewhere; use one unit.");
    }

    internal void NotNegative(string path, int? number)
    {
        if (number < 0) Error(PolicyProblemCodes.OutOfRange, path, $"{number} is out of range; write 0 or more.");
    }
}
