using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ledger.Exports.Periods;

/// <summary>The proof that a period's leaves are all that the log holds between two places (<see cref="Integrity.Bundles.BundlePath.Range"/>).</summary>
internal sealed record PeriodRange(
    [property: JsonPropertyName("first")] long First,
    [property: JsonPropertyName("frontier")] IReadOnlyList<string> Frontier,
    [property: JsonPropertyName("end")] long End,
    [property: JsonPropertyName("consistency")] IReadOnlyList<string> Consistency,
    [property: JsonPropertyName("before"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Neighbour? Before,
    [property: JsonPropertyName("after"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Neighbour? After);

/// <summary>The leaf on one side of a period, with its inclusion in the checkpoint's tree: its time shows that the period ends there.</summary>
internal sealed record Neighbour(
    [property: JsonPropertyName("leaf")] JsonElement Leaf,
    [property: JsonPropertyName("hashes")] IReadOnlyList<string> Hashes);
