using System.Text.Json.Serialization;
using Ledger.Domain.Releases;

namespace Ledger.Domain.Watches;

/// <summary>What a check came to by the end of the watch.</summary>
/// <param name="Check">Its name in the policy.</param>
/// <param name="Outcome">Not evaluated where nothing came in.</param>
public sealed record WatchedCheck(
    [property: JsonPropertyName("check")] string Check,
    [property: JsonPropertyName("outcome")] Outcome Outcome);
