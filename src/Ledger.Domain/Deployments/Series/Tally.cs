using System.Text.Json.Serialization;
using Ledger.Domain.Measurements;

namespace Ledger.Domain.Deployments;

/// <summary>An analysis in the running step, counted over its measurements in the order of their times.</summary>
/// <param name="From">When the step began: earlier measurements do not count.</param>
/// <param name="Measured">How many measurements had a value.</param>
/// <param name="Inconclusive">How many had none.</param>
/// <param name="WorstInARow">The most that failed one after the other.</param>
/// <param name="Last">The newest that had a value; null where none had.</param>
/// <param name="CoveredSince">Since when no two of them are further apart than the limit of silence.</param>
/// <param name="Failures">Those that failed; null where none did.</param>
/// <param name="Row">Those that have failed since the last one that did not; null where that was the last.</param>
/// <param name="IsPartial">Measurements of the step had lost their place before the step was known: it cannot be told what they would add.</param>
public sealed record Tally(
    [property: JsonPropertyName("from"), JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset From,
    [property: JsonPropertyName("measured")] int Measured,
    [property: JsonPropertyName("inconclusive")] int Inconclusive,
    [property: JsonPropertyName("worstInARow")] int WorstInARow,
    [property: JsonPropertyName("coveredSince"), JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset CoveredSince,
    [property: JsonPropertyName("last"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset? Last = null,
    [property: JsonPropertyName("failures"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Run? Failures = null,
    [property: JsonPropertyName("row"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Run? Row = null,
    [property: JsonPropertyName("isPartial"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool IsPartial = false)
{
    /// <summary>How many failed.</summary>
    [JsonIgnore]
    public int Failed => Failures?.Count ?? 0;

    internal static Tally Begin(DateTimeOffset from, bool isPartial) => new(from, 0, 0, 0, from, IsPartial: isPartial);

    internal Tally With(Point point, AnalysisTerms analysis, TimeSpan? silenceLimit)
    {
        if (point.At < From) return this;

        // Only a measurement that holds ends a row of failures: one that could not tell is no success.
        if (point.Value is not { } value) return this with { Inconclusive = Inconclusive + 1 };
        var failed = !analysis.Comparator.Holds(value, analysis.Threshold.Value);
        var row = failed ? Run.Add(Row, point) : null;
        return this with
        {
            Measured = Measured + 1,
            WorstInARow = Math.Max(WorstInARow, row?.Count ?? 0),
            CoveredSince = point.At - (Last ?? From) > silenceLimit ? point.At : CoveredSince,
            Last = point.At,
            Failures = failed ? Run.Add(Failures, point) : Failures,
            Row = row,
        };
    }
}
