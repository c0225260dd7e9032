using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Ledger.Domain.Deployments;

/// <summary>Measurements that belong together, as those of a run of failures: how many, since when, and which events hold them.</summary>
/// <param name="Since">The time of the first.</param>
/// <param name="Last">The time of the last.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Versions">The events that hold them, each once: of more than <see cref="VersionsAtMost"/>, the first and the newest.</param>
public sealed record Run(
    [property: JsonPropertyName("since"), JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset Since,
    [property: JsonPropertyName("last"), JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset Last,
    [property: JsonPropertyName("count")] int Count,
    [property: JsonPropertyName("versions")] ImmutableArray<long> Versions)
{
    /// <summary>The most events that are named.</summary>
    public const int VersionsAtMost = 64;

    /// <summary>How long it has lasted.</summary>
    [JsonIgnore]
    public TimeSpan Length => Last - Since;

    /// <summary><paramref name="run"/> with one more, which is later than all of them; a new one where it is null.</summary>
    internal static Run Add(Run? run, Point point) => run is null
        ? new Run(point.At, point.At, 1, [point.Version])
        : run with { Last = point.At, Count = run.Count + 1, Versions = Add(run.Versions, point.Version) };

    private static ImmutableArray<long> Add(ImmutableArray<long> versions, long version)
    {
        if (versions.Contains(version)) return versions;
        return versions.Length < VersionsAtMost ? versions.Add(version) : versions.RemoveAt(1).Add(version);
    }
}
