using System.Text.Json.Serialization;

namespace Ledger.Domain.Actors;

/// <summary>Who did it, as the server knows it from the token: sealed into every event's leaf.</summary>
/// <param name="Id">The token's subject, e.g. <c>ci-pipeline</c> or a person's id.</param>
/// <param name="Role">The role in which they acted.</param>
public sealed record Actor(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("role")] Role Role);
