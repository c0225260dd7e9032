using System.Text.Json;
using System.Text.Json.Serialization;
using Ledger.GraphQL.Tests.Types;

namespace Ledger.Benchmarks.GraphQL;

/// <summary>A thousand releases with twelve gates of two pieces of evidence, and six sign-offs. An answer has 3,825 bytes.</summary>
internal static class BenchmarkReleases
{
    public const int Count = 1_000;

    private const int Gates = 12;
    private const int SignOffs = 6;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter<GateStatus>(JsonNamingPolicy.SnakeCaseUpper) },
    };

    public static IReadOnlyList<Release> Create() => [.. Enumerable.Range(0, Count).Select(Create)];

    /// <summary>What the peers read the same releases from.</summary>
    public static void Write(string file) => File.WriteAllBytes(file, JsonSerializer.SerializeToUtf8Bytes(Create(), Json));

    private static Release Create(int number) => new(
        $"r{number:000}",
        $"1.4.{number:000}",
        [.. Enumerable.Range(0, Gates).Select(gate => new Gate($"gate-{gate:00}", (GateStatus)((number + gate) % 4), [EvidenceOf(number, gate, 0), EvidenceOf(number, gate, 1)]))],
        [.. Enumerable.Range(0, SignOffs).Select(each => new SignOff($"role-{each}", $"signer.{each}", (number + each) % 7 != 0))]);

    private static Evidence EvidenceOf(int number, int gate, int each) =>
        new($"https://ci.test/builds/{number:000}/{gate:00}/{each}", $"{(number * 24) + (gate * 2) + each:x64}");
}
