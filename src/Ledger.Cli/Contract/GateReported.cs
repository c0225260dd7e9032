using System.Text.Json;

namespace Ledger.Cli.Contract;

/// <summary>What POST …/reports answers: what the report came to, and where it is recorded.</summary>
internal sealed record GateReported(
    string Gate,
    string Tool,
    string Outcome,
    IReadOnlyList<CriterionAnswer> Results,
    int Redactions,
    string GateOutcome,
    string Verdict,
    Receipt Receipt,
    string? NotEvaluatedBecause = null) : IRecorded
{
    private static readonly string[] Outcomes = ["passed", "failed", "not_evaluated"];

    /// <summary>What is no word of this contract; null when the answer can be believed.</summary>
    public string? Contradiction(string gate)
    {
        if (Gate != gate) return $"it is about gate '{Gate}', not about '{gate}'";
        return Outcomes.Contains(Outcome) ? null : $"'{Outcome}' is no outcome of a report";
    }
}

/// <summary>A criterion held against the report.</summary>
internal sealed record CriterionAnswer(string Metric, string Comparator, JsonElement Threshold, string Outcome, double? Value = null);
