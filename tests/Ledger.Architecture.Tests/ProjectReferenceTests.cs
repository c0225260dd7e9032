using System.Xml.Linq;

namespace Ledger.Architecture.Tests;

public class ProjectReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Ledger.Domain"] = [],
        ["Ledger.Integrity"] = [],
        ["Ledger.GraphQL"] = [],
        ["Ledger.Intake"] = ["Ledger.Domain"],
        ["Ledger.Store"] = ["Ledger.Domain", "Ledger.Integrity"],
        ["Ledger.Exports"] = ["Ledger.Domain", "Ledger.Integrity", "Ledger.Store"],
        ["Ledger.Verifier"] = ["Ledger.Domain", "Ledger.Integrity"],
        ["Ledger.Server"] = ["Ledger.Domain", "Ledger.Integrity", "Ledger.GraphQL", "Ledger.Intake", "Ledger.Store", "Ledger.Exports", "Ledger.Verifier"],
        ["Ledger.Cli"] = ["Ledger.Intake", "Ledger.Verifier", "Ledger.Domain", "Ledger.Integrity"],
    };

    public static TheoryData<string> Projects => [.. Repository.Projects.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_what_the_table_lets_it_and_no_more(string project)
    {
        Allowed.ShouldContainKey(project);
        Repository.References(Repository.Projects[project]).Except(Allowed[project]).ShouldBeEmpty();
    }

    [Fact]
    public void The_projects_that_rest_on_nothing_use_no_package_but_the_platforms_own_CMS()
    {
        foreach (var project in new[] { "Ledger.Domain", "Ledger.GraphQL" })
            Repository.Projects[project].Descendants("PackageReference").ShouldBeEmpty(project);
        Repository.Projects["Ledger.Integrity"].Descendants("PackageReference").Select(package => package.Attribute("Include")!.Value)
            .ShouldBe(["System.Security.Cryptography.Pkcs"]);
    }

    [Fact]
    public void Every_project_of_the_product_and_every_test_project_is_in_the_solution()
    {
        var solution = Repository.Text("Ledger.sln").Replace('\\', '/');
        foreach (var file in Repository.Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal) && (file.StartsWith("src/", StringComparison.Ordinal) || file.EndsWith("Tests.csproj", StringComparison.Ordinal))))
            solution.ShouldContain(file);
    }

    [Fact]
    public void A_folder_under_src_holds_the_project_of_its_name()
    {
        var folders = Repository.Files.Where(file => file.StartsWith("src/", StringComparison.Ordinal) && file.Count(c => c == '/') > 1).Select(file => file.Split('/')[1]).Distinct();
        folders.Except(Repository.Projects.Keys).ShouldBeEmpty();
    }

    [Fact]
    public void The_banned_symbols_are_attached_to_both_pure_projects()
    {
        var attached = XDocument.Load(Repository.PathOf("Directory.Build.props")).Descendants("AdditionalFiles")
            .Single(item => item.Attribute("Include")!.Value.EndsWith("src/BannedSymbols.txt", StringComparison.Ordinal)).Parent!;

        var condition = attached.Attribute("Condition")!.Value;
        condition.ShouldContain("'$(MSBuildProjectName)' == 'Ledger.Domain'");
        condition.ShouldContain("'$(MSBuildProjectName)' == 'Ledger.Integrity'");
        condition.ShouldContain(" or ");
        attached.Elements("PackageReference").Single().Attribute("Include")!.Value.ShouldBe("Microsoft.CodeAnalysis.BannedApiAnalyzers");
    }

    [Theory]
    [InlineData("P:System.DateTime.Now")]
    [InlineData("P:System.DateTime.UtcNow")]
    [InlineData("P:System.DateTimeOffset.Now")]
    [InlineData("P:System.DateTimeOffset.UtcNow")]
    [InlineData("T:System.TimeProvider")]
    [InlineData("M:System.Guid.NewGuid")]
    [InlineData("T:System.Random")]
    [InlineData("T:System.IO.File")]
    [InlineData("T:System.Environment")]
    public void A_pure_project_may_not_use_what_makes_it_impure(string symbol) =>
        Repository.Text("src/BannedSymbols.txt").Split('\n').ShouldContain(line => line.StartsWith(symbol + ";", StringComparison.Ordinal));

    [Fact]
    public void No_pure_project_waives_the_ban() =>
        Repository.Files.Where(file => file.StartsWith("src/Ledger.Domain/", StringComparison.Ordinal) || file.StartsWith("src/Ledger.Integrity/", StringComparison.Ordinal))
            .Where(file => Repository.Text(file).Contains("RS0030", StringComparison.Ordinal)).ShouldBeEmpty();
}
