using System.Text.Json.Serialization;

namespace Ledger.Domain.Policies;

/// <summary>One step of the sign-off chain, complete when enough of its roles have signed. It opens when the stage before it is complete.</summary>
/// <param name="Name">Unique among the stages; same alphabet as a gate's name.</param>
/// <param name="Title">What a person calls it, e.g. <c>Technical Sign-Off</c>.</param>
/// <param name="Roles">The roles that may sign here, each at most once.</param>
/// <param name="Quorum">How many of the roles must sign: 1 to the number of roles.</param>
public sealed record SignOffStage(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("title")] string Title,
    [property: JsonPropertyName("roles")] IReadOnlyList<string> Roles,
    [property: JsonPropertyName("quorum")] int Quorum);
