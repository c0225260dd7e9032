using System.Text.Json.Serialization;

namespace Ledger.Domain.Policies;

/// <summary>A capacity in which people act on a release. One person acts in one role per release.</summary>
/// <param name="Name">Unique among the policy's roles; same alphabet as a gate's name.</param>
/// <param name="Title">What a person calls it, e.g. <c>Security Team Lead</c>.</param>
/// <param name="Holders">
/// The people who may hold it, by name. Null means anyone enrolled with this role; an empty list means nobody, which a sign-off stage
/// may not ask for.
/// </param>
public sealed record PolicyRole(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("title")] string Title,
    [property: JsonPropertyName("holders")] IReadOnlyList<string>? Holders = null);
