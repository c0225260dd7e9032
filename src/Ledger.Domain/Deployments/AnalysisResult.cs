using System.Text.Json.Serialization;
using Ledger.Domain.Releases;

namespace Ledger.Domain.Deployments;

/// <summary>What an analysis came to in a step.</summary>
/// <param name="Analysis">Its name.</param>
/// <param name="Outcome">Not evaluated where its measurements are missing or do not tell.</param>
/// <param name="Measured">How many measurements had a value.</param>
/// <param name="Failed">How many of them failed.</param>
/// <param name="Inconclusive">How many had none.</param>
public sealed record AnalysisResult(
    [property: JsonPropertyName("analysis")] string Analysis,
    [property: JsonPropertyName("outcome")] Outcome Outcome,
    [property: JsonPropertyName("measured")] int Measured,
    [property: JsonPropertyName("failed")] int Failed,
    [property: JsonPropertyName("inconclusive")] int Inconclusive);
