using System.Text.Json.Serialization;
using Ledger.Domain.Releases;

namespace Ledger.Domain.Deadlines;

/// <summary>What time does to a release by itself.</summary>
public abstract record DeadlineEvent : ReleaseEvent
{
    private DeadlineEvent() { }

    /// <summary>A deadline passed. There is one such event for each deadline, whoever noticed it.</summary>
    /// <param name="Deadline">What ran out.</param>
    /// <param name="Due">When.</param>
    /// <param name="Missed">Whether what had to be there by then was not.</param>
    /// <param name="Message">What that means, for a person.</param>
    /// <param name="Subject">The gate, analysis or step it is about; null for the release as a whole.</param>
    public sealed record Passed(
        [property: JsonPropertyName("deadline")] DeadlineKind Deadline,
        [property: JsonPropertyName("due"), JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset Due,
        [property: JsonPropertyName("missed")] bool Missed,
        [property: JsonPropertyName("message")] string Message,
        [property: JsonPropertyName("subject"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Subject = null) : DeadlineEvent
    {
        internal override string WireName => "deadline_passed";
    }
}
