namespace Ledger.Store.Outbox;

/// <summary>What a receiver wants of the log.</summary>
/// <param name="Name">Its name: its place in the log is kept under it.</param>
/// <param name="Events">The names of the events it wants; null for all.</param>
/// <param name="Services">The services whose releases it wants; null for every stream, policies and signers among them.</param>
/// <param name="WaitsForDeadLetters">Whether a stream goes on after a dead letter only when that was replayed.</param>
public sealed record OutboxReceiver(string Name, IReadOnlyList<string>? Events, IReadOnlyList<string>? Services, bool WaitsForDeadLetters);

/// <summary>The right to deliver to one receiver. What is written under one that another node has taken over changes nothing.</summary>
/// <param name="Receiver">To whom.</param>
/// <param name="Epoch">Grows each time that a node takes the receiver.</param>
public sealed record OutboxLease(OutboxReceiver Receiver, long Epoch);
