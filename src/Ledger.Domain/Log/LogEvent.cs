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

    /// <summary>The clock of a sandbox was held, or let run: the times of what follows were given, or are real.</summary>
    /// <param name="From">The time it was held at; null where it ran.</param>
    /// <param name="To">The time it is held at from here on; null where it runs.</param>
    public sealed record SandboxClockSet(
        [property: JsonPropertyName("from"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset? From = null,
        [property: JsonPropertyName("to"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset? To = null) : LogEvent
    {
        internal override string WireName => "sandbox_clock_set";
    }
}
