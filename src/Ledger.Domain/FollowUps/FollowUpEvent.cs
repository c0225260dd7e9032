using System.Text.Json.Serialization;
using Ledger.Domain.Releases;

namespace Ledger.Domain.FollowUps;

/// <summary>What happens to the follow-ups of a release.</summary>
public abstract record FollowUpEvent : ReleaseEvent
{
    private FollowUpEvent() { }

    /// <summary>Somebody said what became of a follow-up. It may come after the release was closed.</summary>
    /// <param name="FollowUp">Its name in the policy.</param>
    /// <param name="Outcome">What became of it.</param>
    /// <param name="Note">What was done, or why it need not be.</param>
    /// <param name="Reference">Where it can be seen.</param>
    /// <param name="Supersedes">What was recorded before, and why this counts instead.</param>
    public sealed record Recorded(
        [property: JsonPropertyName("followUp")] string FollowUp,
        [property: JsonPropertyName("outcome")] FollowUpOutcome Outcome,
        [property: JsonPropertyName("note")] string Note,
        [property: JsonPropertyName("reference"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reference = null,
        [property: JsonPropertyName("supersedes"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Supersedes? Supersedes = null) : FollowUpEvent
    {
        internal override string WireName => "follow_up_recorded";
    }
}
