using System.Text.Json.Serialization;

namespace Ledger.Domain.Events;

/// <summary>
/// Something that happened, as it is stored: each aggregate has a closed hierarchy of its own below this. Property names and
/// <see cref="Type"/> are a storage format and never renamed.
/// </summary>
public abstract record LedgerEvent
{
    private protected LedgerEvent() { }

    /// <summary>The event's name in the log, snake_case.</summary>
    [JsonIgnore]
    public string Type => WireName;

    internal abstract string WireName { get; }
}
