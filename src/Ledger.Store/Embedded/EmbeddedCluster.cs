using System.Globalization;

namespace Ledger.Store.Embedded;

/// <summary>A cluster that is ready to be started: it exists, nothing runs in it, and its binaries, its user, its endpoint and its settings are known.</summary>
internal sealed class EmbeddedCluster
{
    private readonly PostgresBinaries _binaries;
    private readonly string? _user;
    private readonly IReadOnlyList<string> _arguments;
    private readonly ClusterProcesses _processes;

    private EmbeddedCluster(
        ClusterHome home, PostgresBinaries binaries, string? user, Endpoint endpoint, IReadOnlyList<string> arguments, ClusterProcesses processes)
    {
        (Home, Endpoint) = (home, endpoint);
        (_binaries, _user, _arguments, _processes) = (binaries, user, arguments, processes);
    }

    public ClusterHome Home { get; }

    public Endpoint Endpoint { get; }

    public string ServerVersion => _binaries.Version;

    /// <summary>Makes the cluster if it is missing, ends what still runs in it, and renews its settings. Needs the home's lock.</summary>
    public static async Task<EmbeddedCluster> PrepareAsync(
        ClusterHome home, string? newClusterUser, EmbeddedPostgresOptions options, Action<string> log, CancellationToken cancellation)
    {
        var isNew = !home.HasCluster;
        var binaries = await PostgresBinaries.FindAsync(options.BinariesDirectory, isNew ? null : await MajorOfAsync(home, cancellation).ConfigureAwait(false), cancellation).ConfigureAwait(false);
        if (isNew)
        {
            log($"making a new cluster of PostgreSQL {binaries.Version} in {home.Cluster}");
            await ClusterInitializer.MakeAsync(home, binaries, newClusterUser, cancellation).ConfigureAwait(false);
        }

        var user = await ServerUser.OfClusterAsync(home.Cluster, cancellation).ConfigureAwait(false);
        var processes = new ClusterProcesses(home.Cluster, user, log);
        var previous = PostmasterFile.Read(home.Cluster);
        await processes.EndAsync(cancellation).ConfigureAwait(false);
        Endpoint.RemoveIfTemporary(previous?.SocketDirectory);

        var endpoint = await Endpoint.ChooseAsync(home, user, cancellation).ConfigureAwait(false);
        var arguments = await ClusterSettings.WriteAsync(home, binaries, user, endpoint, options.ExtraSettings, cancellation).ConfigureAwait(false);
        return new EmbeddedCluster(home, binaries, user, endpoint, arguments, processes);
    }

    /// <summary>Starts PostgreSQL; it is not ready yet.</summary>
    public Postmaster Start() => Postmaster.Start(Home, _binaries, _user, _arguments);

    /// <summary>Ends the backends that outlived their postmaster: while one of them lives, no other postmaster can start.</summary>
    public Task EndLeftoversAsync(CancellationToken cancellation) => _processes.EndAsync(cancellation);

    private static async Task<int> MajorOfAsync(ClusterHome home, CancellationToken cancellation)
    {
        var version = await Command.RunAsync(Command.Describe("cat", null, Path.Combine(home.Cluster, "PG_VERSION")), cancellation).ConfigureAwait(false);
        return int.TryParse(version.Output.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            ? major
            : throw new EmbeddedPostgresException(
                EmbeddedPostgresFailure.DirectoryNotUsable, $"{home.Cluster} is not a cluster of PostgreSQL that we can read: {version.Output.Trim()}",
                "run the ledger as the user it was first run as; if the directory is something else, move it away");
    }
}
