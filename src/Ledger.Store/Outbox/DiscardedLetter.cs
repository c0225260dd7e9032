namespace Ledger.Store.Outbox;

/// <summary>A dead letter that somebody put away: its receiver was never told of the event.</summary>
/// <param name="Sequence">The event's place in the log, from 1.</param>
/// <param name="EventId">The event's identity.</param>
/// <param name="Type">What happened, snake_case.</param>
/// <param name="Stream">The stream's key.</param>
/// <param name="Attempts">How often it had been tried.</param>
/// <param name="Problem">What was wrong the last time.</param>
/// <param name="At">When it was put away.</param>
/// <param name="By">Who decided it.</param>
/// <param name="Reason">Why.</param>
public sealed record DiscardedLetter(long Sequence, Guid EventId, string Type, string Stream, int Attempts, string Problem, DateTimeOffset At, string By, string Reason);
