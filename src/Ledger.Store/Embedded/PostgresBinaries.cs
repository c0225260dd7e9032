using System.ComponentModel;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Ledger.Store.Embedded;

/// <summary>One installation of PostgreSQL's server programs.</summary>
/// <param name="Directory">Holds <c>postgres</c> and <c>initdb</c>.</param>
/// <param name="Major">The major version, e.g. 17: clusters of one major version can be run by that version only.</param>
/// <param name="Version">The version as it is written, e.g. <c>17.2</c>.</param>
internal sealed partial record PostgresBinaries(string Directory, int Major, string Version)
{
    /// <summary>The oldest major version that we run.</summary>
    public const int OldestMajor = 14;

    private const string Variable = "LEDGER_PG_BIN";

    /// <summary>Where distributions put versions side by side: Debian and Ubuntu, Red Hat's PGDG packages, Alpine.</summary>
    private static readonly (string Parent, string Pattern, string Inside)[] UsualPlaces =
        [("/usr/lib/postgresql", "*", "bin"), ("/usr", "pgsql-*", "bin"), ("/usr/libexec", "postgresql*", "")];

    /// <summary>The server itself.</summary>
    public string Postgres => Path.Combine(Directory, "postgres");

    /// <summary>Makes clusters.</summary>
    public string InitDb => Path.Combine(Directory, "initdb");

    /// <summary>Finds the installation for a cluster.</summary>
    /// <param name="named">The only directory to look in, or null.</param>
    /// <param name="clusterMajor">The version of the cluster that is there, or null to take the highest installed.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <exception cref="EmbeddedPostgresException">None was found, or none of that version.</exception>
    public static Task<PostgresBinaries> FindAsync(string? named, int? clusterMajor, CancellationToken cancellation)
    {
        named ??= Environment.GetEnvironmentVariable(Variable);
        var places = string.IsNullOrEmpty(named)
            ? [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries), .. UsualPlaces.SelectMany(Matching)]
            : new[] { named };
        var searched = string.IsNullOrEmpty(named) ? $"PATH, {string.Join(", ", UsualPlaces.Select(Written))}; {Variable} is not set" : named;
        return ChooseAsync(places, searched, clusterMajor, cancellation);
    }

    /// <summary>The highest suitable version in <paramref name="places"/>; the first of equals.</summary>
    internal static async Task<PostgresBinaries> ChooseAsync(IEnumerable<string> places, string searched, int? clusterMajor, CancellationToken cancellation)
    {
        var found = new List<PostgresBinaries>();
        foreach (var place in places.Distinct(StringComparer.Ordinal))
        {
            if (await ProbeAsync(place, cancellation).ConfigureAwait(false) is { } binaries) found.Add(binaries);
        }

        if (!found.Any(binaries => binaries.Major >= OldestMajor))
            throw new EmbeddedPostgresException(
                EmbeddedPostgresFailure.BinariesNotFound,
                $"PostgreSQL's server programs (postgres and initdb, version {OldestMajor} or later) were not found; searched: {searched}"
                    + (found.Count == 0 ? "" : $"; too old: {string.Join(", ", found.Select(binaries => $"{binaries.Directory} ({binaries.Major})"))}"),
                $"apt-get install postgresql, or set {Variable} to the directory that holds them, or give the ledger a connection string");

        return found.Where(binaries => binaries.Major >= OldestMajor && (clusterMajor is null || binaries.Major == clusterMajor)).MaxBy(binaries => binaries.Major)
            ?? throw new EmbeddedPostgresException(
                EmbeddedPostgresFailure.VersionMismatch,
                $"the cluster was made by PostgreSQL {clusterMajor}; installed: {string.Join(", ", found.Select(binaries => $"{binaries.Major} in {binaries.Directory}"))}",
                $"install PostgreSQL {clusterMajor} (apt-get install postgresql-{clusterMajor}), or bring the cluster to the newer version with pg_upgrade");
    }

    private static async Task<PostgresBinaries?> ProbeAsync(string place, CancellationToken cancellation)
    {
        var postgres = new FileInfo(Path.Combine(place, "postgres"));
        if (!postgres.Exists) return null;

        // A link in PATH leads to the directory that holds initdb as well.
        var directory = Path.GetDirectoryName((postgres.ResolveLinkTarget(returnFinalTarget: true) ?? postgres).FullName)!;
        if (!File.Exists(Path.Combine(directory, "initdb"))) return null;
        try
        {
            var answer = await Command.RunAsync(Command.Describe(Path.Combine(directory, "postgres"), null, "--version"), cancellation).ConfigureAwait(false);
            var version = VersionLine().Match(answer.Output);
            return version.Success ? new PostgresBinaries(directory, int.Parse(version.Groups["major"].Value, CultureInfo.InvariantCulture), version.Groups["version"].Value) : null;
        }
        catch (Win32Exception)
        {
            return null; // not a program that this machine can run
        }
    }

    private static IEnumerable<string> Matching((string Parent, string Pattern, string Inside) place) =>
        System.IO.Directory.Exists(place.Parent)
            ? System.IO.Directory.GetDirectories(place.Parent, place.Pattern).Order(StringComparer.Ordinal).Select(found => Path.Combine(found, place.Inside))
            : [];

    private static string Written((string Parent, string Pattern, string Inside) place) => Path.Combine(place.Parent, place.Pattern, place.Inside);

    [GeneratedRegex(@"^postgres \(PostgreSQL\) (?<version>(?<major>\d{1,4})\S*)", RegexOptions.CultureInvariant)]
    private static partial Regex VersionLine();
}
