using Ledger.Domain.GoNoGo;
using Ledger.Domain.Releases;
using Ledger.Server.Http;

namespace Ledger.Server.Releases;

/// <summary>A report was appended.</summary>
/// <param name="Gate">The gate.</param>
/// <param name="Tool">The tool that wrote the report.</param>
/// <param name="Outcome">What the report comes to under the gate's criteria.</param>
/// <param name="NotEvaluatedBecause">Why it proves nothing, where it does not.</param>
/// <param name="Results">What it comes to under each criterion of this tool.</param>
/// <param name="Measurements">How many numbers were read from it.</param>
/// <param name="Redactions">How many secrets and pieces of personal data were taken out before anything was stored.</param>
/// <param name="Evidence">The stored bytes.</param>
/// <param name="GateOutcome">How the gate stands now: passed, failed, not_evaluated, waived or pending.</param>
/// <param name="Verdict">How the release stands now.</param>
/// <param name="Receipt">Where the event stands in the log.</param>
internal sealed record ReportAnswer(
    string Gate,
    string Tool,
    Outcome Outcome,
    string? NotEvaluatedBecause,
    IReadOnlyList<CriterionResult> Results,
    int Measurements,
    int Redactions,
    Evidence Evidence,
    string GateOutcome,
    Verdict Verdict,
    ReceiptAnswer Receipt);
