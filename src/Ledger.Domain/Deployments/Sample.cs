using System.Text.Json.Serialization;
using Ledger.Domain.Measurements;

namespace Ledger.Domain.Deployments;

/// <summary>One measurement of the running service. Metric, time and source together say which one it is.</summary>
/// <param name="Metric">The metric, as the policy's analyses, rules and checks name it.</param>
/// <param name="At">When it was taken, by its source's clock.</param>
/// <param name="Source">Who took it, e.g. <c>prometheus</c>; on one line.</param>
/// <param name="Unit">The unit of the value.</param>
/// <param name="Value">A finite number; null where the source tried and could not tell.</param>
/// <param name="Id">What the source calls it, if anything; no part of its identity.</param>
/// <param name="Because">Why there is no value, in the source's words.</param>
/// <param name="Timing">Why it does not count; null where it does. A caller says <see cref="SampleTiming.Baseline"/> or nothing: the rest is decided.</param>
public sealed record Sample(
    [property: JsonPropertyName("metric")] string Metric,
    [property: JsonPropertyName("at"), JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset At,
    [property: JsonPropertyName("source")] string Source,
    [property: JsonPropertyName("unit")] Unit Unit,
    [property: JsonPropertyName("value"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Value = null,
    [property: JsonPropertyName("id"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Id = null,
    [property: JsonPropertyName("because"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Because = null,
    [property: JsonPropertyName("timing"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SampleTiming? Timing = null)
{
    /// <summary>Whether it is kept without a meaning for any rule or analysis.</summary>
    [JsonIgnore]
    public bool IsUncounted => Timing is not (null or SampleTiming.Baseline);
}
