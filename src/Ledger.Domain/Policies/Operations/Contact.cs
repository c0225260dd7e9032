using System.Text.Json.Serialization;

namespace Ledger.Domain.Policies;

/// <summary>
/// Who answers for something. The log is for ever and for many eyes: telephone numbers and addresses stay in the directory.
/// </summary>
/// <param name="Title">The capacity, e.g. <c>Deployment Lead</c>, or the outside party, e.g. <c>CDN provider</c>.</param>
/// <param name="Person">Who it is, by name; or null.</param>
/// <param name="Backup">Who stands in, by name; or null.</param>
public sealed record Contact(
    [property: JsonPropertyName("title")] string Title,
    [property: JsonPropertyName("person")] string? Person = null,
    [property: JsonPropertyName("backup")] string? Backup = null);
