using System.Text.Json.Serialization;

namespace Ledger.Domain.SignOffs;

/// <summary>Why a release went before its approvals were complete.</summary>
/// <param name="Reason">What made it urgent.</param>
/// <param name="ApproveBy">Until when every approval must be there.</param>
public sealed record Emergency(
    [property: JsonPropertyName("reason")] string Reason,
    [property: JsonPropertyName("approveBy"), JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset ApproveBy);
