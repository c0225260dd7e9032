namespace Ledger.Intake.Documents;

/// <summary>Why bytes are no readable document, before a hint is given.</summary>
internal sealed record Refusal(string Code, string Message);
