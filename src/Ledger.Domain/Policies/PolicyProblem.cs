using System.Text.Json.Serialization;

namespace Ledger.Domain.Policies;

/// <summary>Something about a policy that has to change, or that its author should know.</summary>
/// <param name="Code">Stable, snake_case: one of <see cref="PolicyProblemCodes"/>.</param>
/// <param name="Path">Where: a JSON path such as <c>$.gates[2].criteria[0].metric</c>; <c>$</c> is the whole document.</param>
/// <param name="Message">A sentence that says what is wrong and what to change.</param>
/// <param name="Hint">The nearest known name or an example; or null.</param>
/// <param name="Severity">Only an error refuses the policy.</param>
public sealed record PolicyProblem(
    [property: JsonPropertyName("code")] string Code,
    [property: JsonPropertyName("path")] string Path,
    [property: JsonPropertyName("message")] string Message,
    [property: JsonPropertyName("hint")] string? Hint = null,
    [property: JsonPropertyName("severity")] ProblemSeverity Severity = ProblemSeverity.Error);
