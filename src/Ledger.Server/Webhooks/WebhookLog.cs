namespace Ledger.Server.Webhooks;

/// <summary>What operators are told of webhooks: never an address's path, a secret, or a word of a message or of an answer.</summary>
internal static partial class WebhookLog
{
    [LoggerMessage(301, LogLevel.Information, "this node delivers to the receiver {Receiver} now, turn {Epoch}")]
    public static partial void Delivers(this ILogger logger, string receiver, long epoch);

    [LoggerMessage(302, LogLevel.Warning, "the receiver {Receiver} did not take event {Sequence}: attempt {Attempt}, status {Status}; the next is in {WaitSeconds} s")]
    public static partial void Postponed(this ILogger logger, string receiver, long sequence, int attempt, int? status, double waitSeconds);

    [LoggerMessage(303, LogLevel.Error, "the receiver {Receiver} did not take event {Sequence} in {Attempts} attempts: it is a dead letter, status {Status}")]
    public static partial void Buried(this ILogger logger, string receiver, long sequence, int attempts, int? status);

    [LoggerMessage(304, LogLevel.Warning, "another node delivers to the receiver {Receiver} now")]
    public static partial void TakenOver(this ILogger logger, string receiver);

    [LoggerMessage(305, LogLevel.Warning, "delivering to the receiver {Receiver} was interrupted, and goes on: {Reason}")]
    public static partial void Interrupted(this ILogger logger, string receiver, string reason);

    [LoggerMessage(306, LogLevel.Warning, "the dead letter {Sequence} of the receiver {Receiver} was discarded by {By}")]
    public static partial void Discarded(this ILogger logger, string receiver, long sequence, string by);
}
