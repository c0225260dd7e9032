using System.Text.Json.Serialization;
using Ledger.Domain.Events;

namespace Ledger.Domain.Log;

/// <summary>What happens to the log itself: its stream is <see cref="LogCommand.StreamName"/>.</summary>
public abstract record LogEvent : LedgerEvent
{
    private LogEvent() { }

    /// <summary>The log began: the first event of every ledger.</summary>
    /// <param name="Origin">The log's name on its checkpoints (C2SP tlog-checkpoint).</param>
    /// <param name="VerifierKey">The key that signs them (C2SP signed-note).</param>
    public sealed record Created(
        [property: JsonPropertyName("origin")] string Origin,
        [property: JsonPropertyName("verifierKey")] string VerifierKey) : LogEvent
    {
        internal override string WireName => "ledger_created";
    }
}
