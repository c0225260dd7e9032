using System.Text.Json.Serialization;
using Ledger.Domain.Events;
using Ledger.Domain.Releases;

namespace Ledger.Domain.Watches;

/// <summary>How the watch ended.</summary>
public sealed record WatchState(
    [property: JsonPropertyName("outcome")] Outcome Outcome,
    [property: JsonPropertyName("event")] EventReference Event);
