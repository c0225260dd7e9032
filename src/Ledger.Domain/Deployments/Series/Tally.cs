using System.Text.Json.Serialization;
using Ledger.Domain.Measurements;

namespace Ledger.Domain.Deployments;

/// <summary>An analysis in the running step, counted over its measurements in the order of their times.</summary>
/// <param name="From">When the step began: earlier measurements do not count, save in a row.</param>
/// <param name="Measured">How many measurements had a value.</param>
/// <param name="Inconclusive">How many had none.</param>
/// <param name="WorstInARow">The most that failed one after the other within the step.</param>
/// <param name="Last">The newest that had a value; null where none had.</param>
/// <param name="CoveredSince">Since when no two of them are further apart than the limit of silence.</param>
/// <param name="Failures">Those that failed; null where none did.</param>
/// <param name="Row">Those that have failed since the last one that did not; null where that was the last. It goes on from a step into the next that has the analysis, too.</param>
/// <param name="IsPartial">Measurements of the step had lost their place before the step was known: it cannot be told what they would add.</param>
/// <param name="InARow">How many of <paramref name="Row"/> are of the step.</param>
/// <param name="FromVersion">The event with which the step began: of measurements of that very moment those that were there before it are the step's before.</param>
/// <param name="RowFrom">When the first of the steps began that the row may go back to; null where that is the running one.</param>
public sealed record Tally(
    [property: JsonPropertyName("from"), JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset From,
    [property: JsonPropertyName("measured")] int Measured,
    [property: JsonPropertyName("inconclusive")] int Inconclusive,
    [property: JsonPropertyName("worstInARow")] int WorstInARow,
    [property: JsonPropertyName("coveredSince"), JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset CoveredSince,
    [property: JsonPropertyName("last"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset? Last = null,
    [property: JsonPropertyName("failures"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Run? Failures = null,
    [property: JsonPropertyName("row"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Run? Row = null,
    [property: JsonPropertyName("isPartial"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool IsPartial = false,
    [property: JsonPropertyName("inARow"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int InARow = 0,
    [property: JsonPropertyName("fromVersion"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] long FromVersion = 0,
    [property: JsonPropertyName("rowFrom"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset? RowFrom = null)
{
    /// <summary>How many failed.</summary>
    [JsonIgnore]
    public int Failed => Failures?.Count ?? 0;

    /// <summary>Of a step that begins.</summary>
    /// <param name="from">When.</param>
    /// <param name="version">The event with which it began.</param>
    /// <param name="isPartial">See <see cref="IsPartial"/>.</param>
    /// <param name="before">The analysis in the step before, where it was in that.</param>
    internal static Tally Begin(DateTimeOffset from, long version, bool isPartial, Tally? before = null) =>
        new(from, 0, 0, 0, from, Row: before?.Row, IsPartial: isPartial, FromVersion: version, RowFrom: before is null ? null : before.RowFrom ?? before.From);

    internal Tally With(Point point, AnalysisTerms analysis, TimeSpan? silenceLimit)
    {
        if (point.At < From || (point.At == From && point.Version < FromVersion)) return point.At < RowFrom || RowFrom is null || point.Value is not { } earlier ? this : this with { Row = RowWith(point, Fails(earlier, analysis)) };

        // Only a measurement that holds ends a row of failures: one that could not tell is no success.
        if (point.Value is not { } value) return this with { Inconclusive = Inconclusive + 1 };
        var failed = Fails(value, analysis);
        var inARow = failed ? InARow + 1 : 0;
        return this with
        {
            Measured = Measured + 1,
            WorstInARow = Math.Max(WorstInARow, inARow),
            CoveredSince = point.At - (Last ?? From) > silenceLimit ? point.At : CoveredSince,
            Last = point.At,
            Failures = failed ? Run.Add(Failures, point) : Failures,
            Row = RowWith(point, failed),
            InARow = inARow,
        };
    }

    private Run? RowWith(Point point, bool failed) => failed ? Run.Add(Row, point) : null;

    private static bool Fails(double value, AnalysisTerms analysis) => !analysis.Comparator.Holds(value, analysis.Threshold.Value);
}
