using System.Text.Json.Serialization;
using Ledger.Exports.Releases;

namespace Ledger.Exports.Controls;

/// <summary>What the log shows of one demand.</summary>
/// <param name="Status">Whether it is shown.</param>
/// <param name="Note">What was found, or what is missing, for people.</param>
/// <param name="Events">The very events.</param>
/// <param name="Files">Files of the bundle that show it beside them.</param>
internal sealed record Finding(DemandStatus Status, string Note, IReadOnlyList<ExportedEvent> Events, IReadOnlyList<string> Files)
{
    public static Finding Shown(string note, IEnumerable<ExportedEvent> events, params string[] files) => new(DemandStatus.Shown, note, [.. events], files);

    public static Finding NotShown(string note, params IEnumerable<ExportedEvent> events) => new(DemandStatus.NotShown, note, [.. events], []);

    public static Finding NotEvaluated(string note, params IEnumerable<ExportedEvent> events) => new(DemandStatus.NotEvaluated, note, [.. events], []);

    public static Finding NotApplicable(string note) => new(DemandStatus.NotApplicable, note, [], []);
}

/// <summary>An event as a finding names it.</summary>
/// <param name="Sequence">Its place in the log, from 1.</param>
/// <param name="Stream">The key of its stream.</param>
/// <param name="Version">Its place in the stream, from 1.</param>
/// <param name="Type">What happened, snake_case.</param>
public sealed record FoundEvent(
    [property: JsonPropertyName("sequence")] long Sequence,
    [property: JsonPropertyName("stream")] string Stream,
    [property: JsonPropertyName("version")] long Version,
    [property: JsonPropertyName("type")] string Type);
