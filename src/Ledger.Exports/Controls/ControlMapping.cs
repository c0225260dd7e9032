using System.Text.Json.Serialization;
using Ledger.Exports.Releases;

namespace Ledger.Exports.Controls;

/// <summary>Which events of a release show what controls ask for, and what is missing.</summary>
/// <param name="Release">The release.</param>
/// <param name="Controls">Each control that was asked for.</param>
public sealed record ControlMapping(
    [property: JsonPropertyName("release")] string Release,
    [property: JsonPropertyName("controls")] IReadOnlyList<MappedControl> Controls)
{
    /// <summary>Maps a release in a bundle of its own.</summary>
    internal static ControlMapping Of(ReleaseDossier dossier, string checkpoint, IReadOnlyList<Control> controls)
    {
        var (tree, cosignatures) = CheckpointNote.Read(checkpoint);
        return Of(new ControlCase(dossier, tree, cosignatures), controls);
    }

    /// <summary>Maps one release.</summary>
    internal static ControlMapping Of(ControlCase @case, IReadOnlyList<Control> controls) => new(@case.Dossier.Release.ToString(), [.. controls.Select(control => MappedControl.Of(control, @case))]);
}

/// <summary>A control as far as it is shown.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Framework">Where it is from.</param>
/// <param name="AsksFor">What it comes to.</param>
/// <param name="Status">The worst of its demands: shown only if all of them are that apply.</param>
/// <param name="Demands">Each with its events.</param>
public sealed record MappedControl(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("framework")] string Framework,
    [property: JsonPropertyName("asksFor")] string AsksFor,
    [property: JsonPropertyName("status")] DemandStatus Status,
    [property: JsonPropertyName("demands")] IReadOnlyList<MappedDemand> Demands)
{
    internal static MappedControl Of(Control control, ControlCase @case)
    {
        var demands = control.Demands.Select(demand => MappedDemand.Of(demand.Text, demand.Look(@case))).ToList();
        var status = demands switch
        {
            _ when demands.Exists(demand => demand.Status == DemandStatus.NotShown) => DemandStatus.NotShown,
            _ when demands.Exists(demand => demand.Status == DemandStatus.NotEvaluated) => DemandStatus.NotEvaluated,
            _ when demands.Exists(demand => demand.Status == DemandStatus.Shown) => DemandStatus.Shown,
            _ => DemandStatus.NotApplicable,
        };
        return new MappedControl(control.Id, control.Framework, control.AsksFor, status, demands);
    }
}

/// <summary>A demand as far as it is shown.</summary>
/// <param name="Demand">What is demanded, in a sentence.</param>
/// <param name="Status">Whether it is shown.</param>
/// <param name="Note">What was found, or what is missing.</param>
/// <param name="Events">The very events, in the order of the log.</param>
/// <param name="Files">Files of a bundle that show it beside them.</param>
public sealed record MappedDemand(
    [property: JsonPropertyName("demand")] string Demand,
    [property: JsonPropertyName("status")] DemandStatus Status,
    [property: JsonPropertyName("note")] string Note,
    [property: JsonPropertyName("events")] IReadOnlyList<FoundEvent> Events,
    [property: JsonPropertyName("files")] IReadOnlyList<string> Files)
{
    internal static MappedDemand Of(string demand, Finding finding) => new(
        demand, finding.Status, finding.Note,
        [.. finding.Events.DistinctBy(each => each.Sequence).OrderBy(each => each.Sequence).Select(each => new FoundEvent(each.Sequence, each.Stream, each.Version, each.Type))],
        finding.Files);
}
