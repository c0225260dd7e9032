using System.Text.Json.Serialization;

namespace Ledger.Domain.Policies;

/// <summary>Which duties one person may not hold together in a release.</summary>
/// <param name="OpenerMaySign">Whether whoever opened the release may also sign it off.</param>
/// <param name="ReporterMaySign">Whether whoever reported or attested a gate may also sign the release off.</param>
/// <param name="OpenedBy">The roles that may open a release; empty means anyone.</param>
/// <param name="ReportedBy">The roles that may report or attest gates; empty means anyone.</param>
public sealed record SeparationOfDuties(
    [property: JsonPropertyName("openerMaySign")] bool OpenerMaySign,
    [property: JsonPropertyName("reporterMaySign")] bool ReporterMaySign,
    [property: JsonPropertyName("openedBy")] IReadOnlyList<string> OpenedBy,
    [property: JsonPropertyName("reportedBy")] IReadOnlyList<string> ReportedBy)
{
    /// <summary>Nobody is barred: what a policy means that does not speak of it.</summary>
    public static SeparationOfDuties None { get; } = new(true, true, [], []);
}
