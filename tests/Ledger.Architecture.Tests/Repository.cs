using System.Diagnostics;
using System.Xml.Linq;

namespace Ledger.Architecture.Tests;

/// <summary>The repository that these tests are part of.</summary>
internal static class Repository
{
    /// <summary>The folder that holds <c>Ledger.sln</c>.</summary>
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>Every file that git tracks or would track, relative to the root, with forward slashes.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. Git("ls-files", "--cached", "--others", "--exclude-standard").Distinct().Where(file => File.Exists(PathOf(file))).Order(StringComparer.Ordinal)];

    /// <summary>The projects under <c>src</c> by name.</summary>
    public static IReadOnlyDictionary<string, XDocument> Projects { get; } = Files
        .Where(file => file.StartsWith("src/", StringComparison.Ordinal) && file.EndsWith(".csproj", StringComparison.Ordinal))
        .ToDictionary(file => Path.GetFileNameWithoutExtension(file), file => XDocument.Load(PathOf(file)));

    public static string PathOf(string file) => Path.Combine(Root, file);

    public static string Text(string file) => File.ReadAllText(PathOf(file));

    /// <summary>What a project references directly, by name.</summary>
    public static IEnumerable<string> References(XDocument project) => project
        .Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));

    private static string FindRoot(string folder) => File.Exists(Path.Combine(folder, "Ledger.sln"))
        ? folder
        : FindRoot(Path.GetDirectoryName(folder.TrimEnd(Path.DirectorySeparatorChar)) ?? throw new InvalidOperationException("no Ledger.sln above the tests"));

    private static string[] Git(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = Root, RedirectStandardOutput = true })!;
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        git.ExitCode.ShouldBe(0, "git ls-files");
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
