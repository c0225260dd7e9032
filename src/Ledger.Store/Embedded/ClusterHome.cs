using System.Security.Cryptography;

namespace Ledger.Store.Embedded;

/// <summary>
/// Where everything of a cluster lies. That is the data directory itself, unless PostgreSQL's user cannot enter it (root's server, a checkout under
/// <c>/root</c>): then it is a new folder under <c>/var/lib/ledger</c>, and the file <c>location</c> in the data directory names it.
/// </summary>
internal sealed class ClusterHome
{
    private const string Elsewhere = "/var/lib/ledger";

    private ClusterHome(string dataDirectory, string path) => (DataDirectory, Directory) = (dataDirectory, path);

    /// <summary>The data directory as the operator named it, as a full path.</summary>
    public string DataDirectory { get; }

    /// <summary>The directory that holds all of the following; ours, not PostgreSQL's user's.</summary>
    public string Directory { get; }

    /// <summary>PostgreSQL's data directory.</summary>
    public string Cluster => Path.Combine(Directory, "cluster");

    /// <summary>Where PostgreSQL logs.</summary>
    public string Logs => Path.Combine(Cluster, "log");

    /// <summary>Where the socket lies if its path is short enough.</summary>
    public string Sockets => Path.Combine(Directory, "socket");

    /// <summary>Our settings.</summary>
    public string Settings => Path.Combine(Directory, "ledger.conf");

    /// <summary>Who may connect, and how.</summary>
    public string HostBasedAuthentication => Path.Combine(Directory, "pg_hba.conf");

    /// <summary>The superuser's password.</summary>
    public string Password => Path.Combine(Directory, "superuser.password");

    /// <summary>Held (flock) for as long as a server lives.</summary>
    public string Lock => Path.Combine(Directory, "server.lock");

    /// <summary>The process id of the server that holds the lock.</summary>
    public string LockHolder => Path.Combine(Directory, "server.pid");

    /// <summary>What an operator gives to psql.</summary>
    public string ConnectionFile => Path.Combine(DataDirectory, "admin.conninfo");

    /// <summary>Whether there is a cluster.</summary>
    public bool HasCluster => System.IO.Directory.Exists(Cluster);

    /// <summary>Finds the home of a data directory, or makes it.</summary>
    /// <exception cref="EmbeddedPostgresException">The directory cannot be used.</exception>
    public static async Task<ClusterHome> LocateAsync(string dataDirectory, string? user, Action<string> log, CancellationToken cancellation)
    {
        var full = Path.GetFullPath(dataDirectory);
        try
        {
            return new ClusterHome(full, await FindAsync(full, user, log, cancellation).ConfigureAwait(false));
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            throw NotUsable(full, broken.Message, "name a directory that the ledger's user can write", broken);
        }
    }

    private static async Task<string> FindAsync(string full, string? user, Action<string> log, CancellationToken cancellation)
    {
        if (user is null) PrivateFiles.MakeDirectory(full);
        else PrivateFiles.MakeEnterableDirectory(full);
        if (File.Exists(Path.Combine(full, "PG_VERSION")))
            throw NotUsable(full, "it is itself a cluster of PostgreSQL", "name a directory of the ledger's own; a server that runs already is named by a connection string");

        var pointer = Path.Combine(full, "location");
        if (File.Exists(pointer))
        {
            var named = (await File.ReadAllTextAsync(pointer, cancellation).ConfigureAwait(false)).Trim();
            return System.IO.Directory.Exists(named)
                ? named
                : throw NotUsable(full, $"its file location names {named}, which is not there", "bring that directory back, or remove the file to begin with an empty ledger");
        }

        if (System.IO.Directory.Exists(Path.Combine(full, "cluster")) || await ServerUser.CanEnterAsync(full, user, cancellation).ConfigureAwait(false))
            return full;

        // A name that nothing else has: whoever deletes the data directory and begins anew does not meet the old cluster.
        var home = Path.Combine(Elsewhere, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)));
        PrivateFiles.MakeEnterableDirectory(Elsewhere);
        PrivateFiles.MakeEnterableDirectory(home);
        PrivateFiles.Write(pointer, home + "\n");
        log($"the user {user} that runs PostgreSQL cannot enter {full}: the cluster lies in {home}");
        return home;
    }

    private static EmbeddedPostgresException NotUsable(string directory, string why, string hint, Exception? cause = null) =>
        new(EmbeddedPostgresFailure.DirectoryNotUsable, $"the data directory {directory} cannot be used: {why}", hint, cause);
}
