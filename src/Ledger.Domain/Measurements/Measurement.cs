using System.Text.Json.Serialization;

namespace Ledger.Domain.Measurements;

/// <summary>One number that a tool's report states.</summary>
/// <param name="Name">The metric's name in the tool's own words, e.g. <c>http_req_duration.p(95)</c>; 1 to 200 characters.</param>
/// <param name="Value">A finite number, in <paramref name="Unit"/>.</param>
/// <param name="Unit">The unit of <paramref name="Value"/>.</param>
public sealed record Measurement(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("value")] double Value,
    [property: JsonPropertyName("unit")] Unit Unit);
