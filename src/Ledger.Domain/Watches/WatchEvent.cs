using System.Text.Json.Serialization;
using Ledger.Domain.Measurements;
using Ledger.Domain.Releases;

namespace Ledger.Domain.Watches;

/// <summary>What happens to a release once it is fully out.</summary>
public abstract record WatchEvent : ReleaseEvent
{
    private WatchEvent() { }

    /// <summary>A check of the watch, or a success criterion, was looked at.</summary>
    /// <param name="List">Which list of the policy it is from.</param>
    /// <param name="Check">Its name there.</param>
    /// <param name="Outcome">What it came to: computed, where the policy says how.</param>
    /// <param name="Source">Where it was looked up, e.g. <c>argocd</c>.</param>
    /// <param name="Value">What was measured; null where a person attests it, or where the source could not tell.</param>
    /// <param name="Unit">The unit of the value.</param>
    /// <param name="Note">What was seen, in words.</param>
    /// <param name="Supersedes">The red one that it stands in place of.</param>
    public sealed record Checked(
        [property: JsonPropertyName("list")] CheckList List,
        [property: JsonPropertyName("check")] string Check,
        [property: JsonPropertyName("outcome")] Outcome Outcome,
        [property: JsonPropertyName("source")] string Source,
        [property: JsonPropertyName("value"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Value = null,
        [property: JsonPropertyName("unit"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Unit? Unit = null,
        [property: JsonPropertyName("note"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Note = null,
        [property: JsonPropertyName("supersedes"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Supersedes? Supersedes = null) : WatchEvent
    {
        internal override string WireName => "post_deployment_checked";
    }

    /// <summary>The watch is over: what is missing now stays missing.</summary>
    /// <param name="Outcome">Failed if any check failed, else passed if every check passed, else not evaluated.</param>
    /// <param name="Checks">Every check of the watch, in the policy's order.</param>
    /// <param name="Due">When it was to end.</param>
    public sealed record Ended(
        [property: JsonPropertyName("outcome")] Outcome Outcome,
        [property: JsonPropertyName("checks")] IReadOnlyList<WatchedCheck> Checks,
        [property: JsonPropertyName("due"), JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset Due) : WatchEvent
    {
        internal override string WireName => "watch_ended";
    }
}
