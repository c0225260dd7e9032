using System.Text.Json.Serialization;
using Ledger.Domain.Events;

namespace Ledger.Domain.SignOffs;

/// <summary>One sign-off of a release. It saw everything up to the event before its own.</summary>
/// <param name="Event">The event that holds the signed statement.</param>
/// <param name="Stage">The stage.</param>
/// <param name="Role">The role signed in.</param>
/// <param name="Signer">The signer's id.</param>
/// <param name="Name">The printed name.</param>
/// <param name="Decision">Approval or rejection.</param>
/// <param name="Statement">SHA-256 of the statement: what the next sign-off links to.</param>
/// <param name="At">When it was appended.</param>
/// <param name="Withdrawn">The event that took it back; null while it stands.</param>
public sealed record SignOffState(
    [property: JsonPropertyName("event")] EventReference Event,
    [property: JsonPropertyName("stage")] string Stage,
    [property: JsonPropertyName("role")] string Role,
    [property: JsonPropertyName("signer")] string Signer,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("decision")] SignOffChoice Decision,
    [property: JsonPropertyName("statement")] Digest Statement,
    [property: JsonPropertyName("at"), JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset At,
    [property: JsonPropertyName("withdrawn"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] EventReference? Withdrawn = null);
