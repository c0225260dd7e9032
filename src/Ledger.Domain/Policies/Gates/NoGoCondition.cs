using System.Text.Json.Serialization;

namespace Ledger.Domain.Policies;

/// <summary>
/// Something that forbids the release while it is there, whatever the gates say. It cannot be waived, and until it is known to be
/// absent the release is not GO.
/// </summary>
/// <param name="Name">Unique among the policy's gates and NO-GO conditions; same alphabet as a gate's name.</param>
/// <param name="Title">What a person calls it, as the presence of something bad, e.g. <c>Critical test failures</c>.</param>
/// <param name="When">
/// Measurable conditions: the NO-GO is present when any of them holds over any gate's newest report of its tool, so that a good report
/// under one gate does not hide a bad one under another. Empty when a person attests the absence instead.
/// </param>
public sealed record NoGoCondition(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("title")] string Title,
    [property: JsonPropertyName("when")] IReadOnlyList<Criterion> When);
