using System.Text.Json.Serialization;
using Ledger.Domain.Deployments;

namespace Ledger.Domain.Rollbacks;

/// <summary>How far the way back is.</summary>
/// <param name="Cause">What made it necessary.</param>
/// <param name="Reason">In words.</param>
/// <param name="Started">When it began.</param>
/// <param name="Completed">When it was done; null while it is not.</param>
/// <param name="Within">Whether it took no longer than the objective; null where there is none, or it is not done.</param>
/// <param name="Verified">When somebody looked; null while nobody has.</param>
/// <param name="Works">What they found; null while nobody has looked.</param>
public sealed record RollbackState(
    [property: JsonPropertyName("cause")] RollbackCause Cause,
    [property: JsonPropertyName("reason")] string Reason,
    [property: JsonPropertyName("started")] Moment Started,
    [property: JsonPropertyName("completed"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Moment? Completed = null,
    [property: JsonPropertyName("within"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Within = null,
    [property: JsonPropertyName("verified"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Moment? Verified = null,
    [property: JsonPropertyName("works"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Works = null);
