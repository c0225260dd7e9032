using Ledger.Domain.Policies;

namespace Ledger.Intake.Policies;

/// <summary>A <see cref="PolicyProblem"/> with its place in the document.</summary>
/// <param name="Code">Stable, snake_case: one of <see cref="PolicyProblemCodes"/>.</param>
/// <param name="Path">Where: a JSON path such as <c>$.gates[2].criteria[0].metric</c>; <c>$</c> is the whole document.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column in characters, from 1.</param>
/// <param name="Message">A sentence that says what is wrong and what to change.</param>
/// <param name="Hint">The nearest known name or an example; or null.</param>
/// <param name="Severity">Only an error refuses the document.</param>
public sealed record PolicyDocumentProblem(
    string Code, string Path, int Line, int Column, string Message, string? Hint = null, ProblemSeverity Severity = ProblemSeverity.Error)
{
    /// <summary>The problem as compilers print one: <c>line:column: severity: message (hint) [code]</c>.</summary>
    public override string ToString() =>
        $"{Line}:{Column}: {(Severity == ProblemSeverity.Error ? "error" : "warning")}: {Message}{(Hint is null ? "" : $" ({Hint})")} [{Code}]";
}
