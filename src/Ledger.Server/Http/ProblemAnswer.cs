using Ledger.Domain.Policies;

namespace Ledger.Server.Http;

/// <summary>A problem as it is sent: RFC 9457 with members of our own.</summary>
/// <param name="Type">A URN made of the code; identifies the kind of problem.</param>
/// <param name="Title">The status in words.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What is wrong with this request, in a sentence.</param>
/// <param name="Code">Stable, snake_case; for programs.</param>
/// <param name="Hint">What to do about it.</param>
/// <param name="CorrelationId">Names the request in the server's log.</param>
/// <param name="Problems">Everything that is wrong with a document, where one was sent.</param>
/// <param name="OutcomeUnknown">True when the request may have been carried out: repeat it with the same Idempotency-Key.</param>
internal sealed record ProblemAnswer(
    string Type, string Title, int Status, string Detail, string Code, string? Hint, string CorrelationId,
    IReadOnlyList<DocumentProblem>? Problems, bool? OutcomeUnknown);

/// <summary>Something wrong in a document.</summary>
/// <param name="Code">Stable, snake_case.</param>
/// <param name="Path">A JSON path, <c>$</c> for the whole document.</param>
/// <param name="Message">What is wrong and what to change.</param>
/// <param name="Hint">The nearest known name or an example.</param>
/// <param name="Severity">Only an error refuses the document.</param>
/// <param name="Line">From 1, where it is known.</param>
/// <param name="Column">From 1, where it is known.</param>
internal sealed record DocumentProblem(string Code, string Path, string Message, string? Hint, ProblemSeverity Severity, int? Line = null, int? Column = null);
