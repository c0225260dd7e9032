using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Ledger.Domain.Deployments;

/// <summary>A step that was begun.</summary>
/// <param name="Name">Its name in the plan.</param>
/// <param name="Started">When.</param>
/// <param name="Analyses">What its analyses came to; empty while it is not over.</param>
/// <param name="Completed">When it was over; null while it is not.</param>
public sealed record StepState(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("started")] Moment Started,
    [property: JsonPropertyName("analyses")] ImmutableArray<AnalysisResult> Analyses,
    [property: JsonPropertyName("completed"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Moment? Completed = null);
