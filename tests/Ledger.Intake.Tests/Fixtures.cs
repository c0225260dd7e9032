using System.Text;

namespace Ledger.Intake.Tests;

/// <summary>Reports in the shapes that tools really write, with invented content: one folder a tool, named after it.</summary>
internal static class Fixtures
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "Fixtures");

    public static TheoryData<string> All => [.. Names];

    public static IEnumerable<string> Names => Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)
        .Where(path => !path.Contains(".verified.", StringComparison.Ordinal) && !path.Contains(".received.", StringComparison.Ordinal))
        .Select(path => Path.GetRelativePath(Root, path)).Order(StringComparer.Ordinal);

    public static string ToolOf(string fixture) => Path.GetDirectoryName(fixture)!;

    public static byte[] Bytes(string fixture) => File.ReadAllBytes(Path.Combine(Root, fixture));

    public static string PathOf(string fixture) => Path.Combine(Root, fixture);

    /// <summary>Reads text as a report of <paramref name="tool"/>, which must succeed.</summary>
    public static Reading Read(string? tool, string report) => Read(tool, Encoding.UTF8.GetBytes(report));

    public static Reading Read(string? tool, byte[] report) => ReportReader.Read(report, tool) switch
    {
        ReadResult.Read read => read.Reading,
        ReadResult.Refused refused => throw new InvalidOperationException($"refused: {refused.Code}: {refused.Message}"),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>Reads text as a report, which must be refused; answers the code.</summary>
    public static string Refusal(string? tool, string report) => Refusal(tool, Encoding.UTF8.GetBytes(report));

    public static string Refusal(string? tool, byte[] report) =>
        ReportReader.Read(report, tool).ShouldBeOfType<ReadResult.Refused>().Code;

    /// <summary>The value of a metric, or null where it was not measured.</summary>
    public static double? Value(this Reading reading, string metric) => reading.Measurements.FirstOrDefault(measurement => measurement.Name == metric)?.Value;
}
