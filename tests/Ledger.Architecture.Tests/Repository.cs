using System.Xml.Linq;

namespace Ledger.Architecture.Tests;

/// <summary>The repository that these tests are part of.</summary>
internal static class Repository
{
    /// <summary>The folder that holds <c>Ledger.sln</c>.</summary>
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>Every file that is kept, relative to the root, with forward slashes: what tools make or own is left out.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. FilesIn(Root).Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];

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

    // As .gitignore has it; a copy without git must come to the same.
    private static IEnumerable<string> FilesIn(string folder) =>
    [
        .. Directory.EnumerateFiles(folder).Where(file => !Path.GetFileName(file).Contains(".received.", StringComparison.Ordinal) && Path.GetFileName(file) != ".git"),
        .. Directory.EnumerateDirectories(folder)
            .Where(each => Path.GetFileName(each) is not ("bin" or "obj" or "TestResults" or "BenchmarkDotNet.Artifacts" or "node_modules") && Path.GetFileName(each)[0] != '.')
            .SelectMany(FilesIn),
    ];
}
