namespace Ledger.Intake.Alerts;

/// <summary>What Alertmanager sent, and what to keep of it.</summary>
/// <param name="Receiver">The receiver that it was sent to.</param>
/// <param name="Alerts">In the order of the message.</param>
/// <param name="Truncated">How many alerts Alertmanager left out: with any, the message does not say everything.</param>
/// <param name="Ignored">Paths of members that are unknown here.</param>
/// <param name="Redactions">How many pieces of personal data or secrets were replaced.</param>
/// <param name="Bytes">What to keep.</param>
/// <param name="MediaType">The media type of <paramref name="Bytes"/>.</param>
public sealed record AlertMessage(
    string? Receiver,
    IReadOnlyList<Alert> Alerts,
    long Truncated,
    IReadOnlyList<string> Ignored,
    int Redactions,
    ReadOnlyMemory<byte> Bytes,
    string MediaType);
