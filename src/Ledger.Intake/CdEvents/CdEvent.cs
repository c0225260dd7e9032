namespace Ledger.Intake.CdEvents;

/// <summary>An event of CDEvents 0.5 (https://cdevents.dev), without secrets and personal data.</summary>
/// <param name="Id">With <paramref name="Source"/> it identifies the event.</param>
/// <param name="Source">Who sent it.</param>
/// <param name="Type">Its full type, with the version.</param>
/// <param name="Time">When it happened, as the sender says, in UTC.</param>
/// <param name="ChainId">The chain of events that it belongs to, or null.</param>
/// <param name="SubjectId">What it is about; for artifacts a package URL.</param>
/// <param name="Content">What it says.</param>
/// <param name="Redactions">How many pieces were replaced.</param>
public sealed record CdEvent(string Id, string Source, string Type, DateTimeOffset Time, string? ChainId, string SubjectId, CdContent Content, int Redactions);
