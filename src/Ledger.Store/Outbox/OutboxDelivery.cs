using Ledger.Store.Log;

namespace Ledger.Store.Outbox;

/// <summary>One event that is due at one receiver.</summary>
/// <param name="Event">What happened.</param>
/// <param name="Attempts">How often it was tried before; of a replay, since it was asked for.</param>
/// <param name="IsReplay">Whether it is a dead letter that is tried anew.</param>
public sealed record OutboxDelivery(StoredEvent Event, int Attempts, bool IsReplay);

/// <summary>Why a delivery failed.</summary>
/// <param name="At">When it was tried.</param>
/// <param name="Status">The HTTP status; null where there was no answer.</param>
/// <param name="Problem">In words; nothing secret.</param>
/// <param name="RetryAfter">How long the receiver asks to be left alone (RFC 9110, section 10.2.3); null where it does not. Never below 0.</param>
public sealed record OutboxFailure(DateTimeOffset At, int? Status, string Problem, TimeSpan? RetryAfter = null);
