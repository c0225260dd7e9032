namespace Ledger.Domain;

/// <summary>Why a command is not carried out. Nothing was appended.</summary>
/// <param name="Code">Stable and snake_case: programs act on it, so it is never renamed.</param>
/// <param name="Message">What is wrong, for a person.</param>
/// <param name="Hint">What to do about it.</param>
public sealed record Refusal(string Code, string Message, string Hint);
