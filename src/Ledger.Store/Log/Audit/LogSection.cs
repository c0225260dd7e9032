namespace Ledger.Store.Log.Audit;

/// <summary>A stretch of the log: seals that follow one another, and the rows of the events they cover; or rows that no seal covers.</summary>
/// <param name="Seals">None where a seal is missing.</param>
/// <param name="Rows">In the order of the log; good until the section after the next one is asked for.</param>
/// <param name="IsFollowed">Whether more seals come after it: then the rows of a missing seal are part of the tree all the same.</param>
internal sealed record LogSection(IReadOnlyList<SealRow> Seals, ArraySegment<AuditedRow> Rows, bool IsFollowed);
