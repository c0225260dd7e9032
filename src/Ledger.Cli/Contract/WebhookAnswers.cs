using System.Text.Json.Serialization;

namespace Ledger.Cli.Contract;

/// <summary>What GET /v1/webhooks answers.</summary>
internal sealed record WebhookList(IReadOnlyList<WebhookReceiver> Receivers);

/// <summary>One receiver, and how far it has come.</summary>
internal sealed record WebhookReceiver(
    string Name,
    bool Configured,
    long Sequence,
    WebhookLag Lag,
    long Retrying,
    long DeadLetters,
    string? Address = null,
    IReadOnlyList<string>? Events = null,
    string? Problem = null);

/// <summary>How far a receiver is behind.</summary>
internal sealed record WebhookLag(long Events, double Seconds);

/// <summary>One page of what became of messages to a receiver.</summary>
internal interface IReceiverPage
{
    /// <summary>The receiver.</summary>
    string Receiver { get; }

    /// <summary>Where the next page begins; null on the last.</summary>
    string? Next { get; }
}

/// <summary>What GET /v1/webhooks/{name}/dead-letters answers: one page.</summary>
internal sealed record DeadLetterPage(string Receiver, IReadOnlyList<DeadLetter> DeadLetters, string? Next = null) : IReceiverPage;

/// <summary>One message that a receiver did not take.</summary>
internal sealed record DeadLetter(
    long Id, string Event, string Type, string Subject, int Attempts, string FirstAttemptAt, string LastAttemptAt, string Problem, bool Replaying, int? Status = null);

/// <summary>What POST …/replay answers.</summary>
internal sealed record Replayed(string Receiver, [property: JsonPropertyName("replayed")] int Count);

/// <summary>What POST …/discard is sent.</summary>
internal sealed record DiscardBody(string Reason);

/// <summary>What POST …/discard answers.</summary>
internal sealed record Discarded(string Receiver, [property: JsonPropertyName("discarded")] long Sequence);

/// <summary>What GET …/discards answers.</summary>
internal sealed record DiscardPage(string Receiver, IReadOnlyList<DiscardedLetter> Discards, string? Next = null) : IReceiverPage;

/// <summary>A dead letter that somebody put away.</summary>
internal sealed record DiscardedLetter(long Id, string Event, string Type, string Subject, int Attempts, string Problem, string At, string By, string Reason);
