using System.Text.Json.Serialization;
using Ledger.Domain.Events;
using Ledger.Domain.GoNoGo;

namespace Ledger.Domain.SignOffs;

/// <summary>The newest recorded decision about a release.</summary>
/// <param name="Event">The event that recorded it.</param>
/// <param name="Verdict">GO or NO_GO.</param>
/// <param name="At">When.</param>
/// <param name="By">Who recorded it.</param>
/// <param name="ApproveBy">For an emergency: until when every approval must be there; else null.</param>
public sealed record DecisionState(
    [property: JsonPropertyName("event")] EventReference Event,
    [property: JsonPropertyName("verdict")] Verdict Verdict,
    [property: JsonPropertyName("at"), JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset At,
    [property: JsonPropertyName("by")] string By,
    [property: JsonPropertyName("approveBy"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset? ApproveBy = null);
