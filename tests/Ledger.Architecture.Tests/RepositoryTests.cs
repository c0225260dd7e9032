using System.Text.RegularExpressions;

namespace Ledger.Architecture.Tests;

public partial class RepositoryTests
{
    private static readonly string[] TopLevel =
        ["src", "tests", "schema", "deploy", "Ledger.sln", "README.md", ".editorconfig", "global.json", "Directory.Build.props", "Directory.Packages.props"];

    private static readonly HashSet<string> Binary = [".png", ".pdf", ".gz", ".zip", ".der", ".bin", ".ico"];

    [Fact]
    public void The_top_level_holds_what_belongs_there() =>
        Repository.Files.Select(file => file.Split('/')[0]).Distinct().Where(entry => entry[0] != '.').Except(TopLevel).ShouldBeEmpty();

    [Fact]
    public void No_source_file_is_longer_than_400_lines() =>
        Sources("src/").Where(file => File.ReadLines(Repository.PathOf(file)).Count() > 400).ShouldBeEmpty();

    [Fact]
    public void No_source_file_puts_work_off() =>
        Sources("src/").Where(file => PutOff().IsMatch(Repository.Text(file))).ShouldBeEmpty();

    [Fact]
    public void Migrations_are_numbered_without_a_gap()
    {
        var numbers = Repository.Files.Where(file => file.StartsWith("schema/postgres/", StringComparison.Ordinal))
            .Select(file => Migration().Match(file)).Select(match => match.Success ? int.Parse(match.Groups[1].Value, null) : -1).ToList();
        numbers.ShouldBe(Enumerable.Range(1, numbers.Count));
    }

    [Fact]
    public void Every_golden_file_has_a_test_or_its_input_beside_it()
    {
        foreach (var golden in Repository.Files.Where(file => GoldenName().IsMatch(file)))
        {
            var folder = Path.GetDirectoryName(golden)!.Replace('\\', '/');
            var stem = GoldenName().Match(golden).Groups["stem"].Value;
            var beside = Repository.Files.Where(file => Path.GetDirectoryName(file)!.Replace('\\', '/') == folder).ToList();

            var isInput = beside.Contains($"{folder}/{stem}");
            var isNamed = beside.Any(file => file.EndsWith("Tests.cs", StringComparison.Ordinal) && IsNamedIn(file, stem));
            (isInput || isNamed).ShouldBeTrue($"nothing beside {golden} could have written it");
        }
    }

    [Fact]
    public void No_file_names_a_machines_own_paths_or_another_registry()
    {
        foreach (var file in Repository.Files.Where(file => !Binary.Contains(Path.GetExtension(file))))
        {
            var match = OfOneMachine().Match(Repository.Text(file));
            match.Success.ShouldBeFalse($"{file}: {match.Value}");
        }
    }

    private static IEnumerable<string> Sources(string folder) =>
        Repository.Files.Where(file => file.StartsWith(folder, StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal));

    // A test names its golden file, or, where it writes one for each of several things, takes the names from where those things are listed.
    private static bool IsNamedIn(string test, string stem)
    {
        var text = Repository.Text(test);
        return text.Contains($"\"{stem}", StringComparison.Ordinal)
            || (text.Contains("EventJson.Types", StringComparison.Ordinal) && Domain.Events.EventJson.Types.Contains(stem))
            || (text.Contains("ShouldMatchVerified", StringComparison.Ordinal) && Repository.Files.Contains($"schema/policies/{stem}.yaml"));
    }

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b|\bfor now\b|NotImplementedException")]
    private static partial Regex PutOff();

    [GeneratedRegex(@"^schema/postgres/(\d{4})_[a-z_]+\.sql$")]
    private static partial Regex Migration();

    [GeneratedRegex(@"/(?<stem>[^/]+)\.verified\.[a-z]+$")]
    private static partial Regex GoldenName();

    // Written in pieces so that the pattern does not find itself.
    [GeneratedRegex("(?<![A-Za-z0-9.])/" + "(home|Users)/[a-z]|[A-Z]:\\\\" + "Users\\\\|/" + "work/(main|shared)|/" + "tmp/wt/|(https?://|\")[a-z0-9.-]*(artifactory|jfrog|nexus|pkgs\\.dev\\.azure)[a-z0-9.-]*[:/]|\"resolved\": \"http")]
    private static partial Regex OfOneMachine();
}
