namespace Ledger.Store.Outbox;

/// <summary>An event that a receiver did not take, however often it was tried.</summary>
/// <param name="Sequence">The event's place in the log, from 1.</param>
/// <param name="EventId">The event's identity.</param>
/// <param name="Type">What happened, snake_case.</param>
/// <param name="Stream">The stream's key.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="FirstAttemptAt">When it was tried first.</param>
/// <param name="LastAttemptAt">When it was tried last.</param>
/// <param name="Status">The last answer's HTTP status; null where there was none.</param>
/// <param name="Problem">What was wrong the last time.</param>
/// <param name="IsReplaying">Whether it is being tried anew.</param>
public sealed record DeadLetter(
    long Sequence,
    Guid EventId,
    string Type,
    string Stream,
    int Attempts,
    DateTimeOffset FirstAttemptAt,
    DateTimeOffset LastAttemptAt,
    int? Status,
    string Problem,
    bool IsReplaying);
