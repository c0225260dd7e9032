using System.ComponentModel;
using System.Globalization;

namespace Ledger.Store.Embedded;

/// <summary>
/// A PostgreSQL of the ledger's own: found on the machine, made in a data directory, run durably for as long as this object lives, restarted when it dies.
/// <list type="bullet">
/// <item>One living server holds a data directory; a second one is refused.</item>
/// <item>A commit that was acknowledged survives the end of PostgreSQL, of the ledger and of the machine.</item>
/// <item>PostgreSQL that outlived a killed ledger is stopped by the next start, which then starts it afresh: renewed settings, a child of the new server.</item>
/// <item>Its socket can be reached by its own user and root only, and asks for a password (SCRAM-SHA-256).</item>
/// </list>
/// Linux. Members may be called from any thread.
/// </summary>
public sealed class EmbeddedPostgres : IAsyncDisposable
{
    private readonly EmbeddedCluster _cluster;
    private readonly PostmasterSupervisor _supervisor;
    private readonly HomeLock _lock;
    private int _disposed;

    private EmbeddedPostgres(EmbeddedCluster cluster, PostmasterSupervisor supervisor, HomeLock held, string password)
    {
        (_cluster, _supervisor, _lock) = (cluster, supervisor, held);
        ConnectionString = cluster.Endpoint.ConnectionString(password);
        ServerVersion = cluster.ServerVersion;
    }

    /// <summary>How the superuser connects, for Npgsql. Stays the same when PostgreSQL is restarted. Holds a password: not for logs.</summary>
    public string ConnectionString { get; }

    /// <summary>PostgreSQL's version, e.g. <c>17.2</c>.</summary>
    public string ServerVersion { get; }

    /// <summary>A file that only the server's user can read, for an operator: <c>psql "$(cat …/admin.conninfo)"</c>. There while PostgreSQL runs.</summary>
    public string ConnectionFile => _cluster.Home.ConnectionFile;

    /// <summary>The directory that holds the cluster: the data directory, or the one that took its place because PostgreSQL's user could not enter it.</summary>
    public string HomeDirectory => _cluster.Home.Directory;

    /// <summary>The process id of the postmaster that runs now, or ran last.</summary>
    public int ProcessId => _supervisor.ProcessId;

    /// <summary>How often PostgreSQL died and was started again.</summary>
    public int Restarts => _supervisor.Restarts;

    /// <summary>Starts PostgreSQL and waits until it accepts connections. A missing cluster is made first; one that crashed recovers first.</summary>
    /// <exception cref="EmbeddedPostgresException">It cannot run; nothing of it is left running.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing of it is left running.</exception>
    /// <exception cref="PlatformNotSupportedException">On Windows.</exception>
    public static async Task<EmbeddedPostgres> StartAsync(EmbeddedPostgresOptions options, CancellationToken cancellation = default)
    {
        try
        {
            return await StartUnguardedAsync(options, cancellation).ConfigureAwait(false);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or Win32Exception)
        {
            throw EmbeddedPostgresException.FromSystem($"PostgreSQL cannot be run in {options.DataDirectory}", broken);
        }
    }

    /// <summary>Stops PostgreSQL and waits until it has ended. Connections that are still open are ended.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        File.Delete(ConnectionFile);
        await _supervisor.DisposeAsync().ConfigureAwait(false);
        Endpoint.RemoveIfTemporary(_cluster.Endpoint.SocketDirectory);
        _lock.Dispose();
    }

    private static async Task<EmbeddedPostgres> StartUnguardedAsync(EmbeddedPostgresOptions options, CancellationToken cancellation)
    {
        var log = options.Log ?? (_ => { });
        var user = await ServerUser.ForNewClusterAsync(cancellation).ConfigureAwait(false);
        var home = await ClusterHome.LocateAsync(options.DataDirectory, user, log, cancellation).ConfigureAwait(false);
        var held = HomeLock.Take(home);
        try
        {
            var cluster = await EmbeddedCluster.PrepareAsync(home, user, options, log, cancellation).ConfigureAwait(false);
            var password = await ReadPasswordAsync(home, cancellation).ConfigureAwait(false);
            var supervisor = await PostmasterSupervisor.StartAsync(cluster, options, log, cancellation).ConfigureAwait(false);
            PrivateFiles.WriteSecret(home.ConnectionFile, cluster.Endpoint.ConnectionInfo(password));
            log(string.Create(CultureInfo.InvariantCulture, $"PostgreSQL {cluster.ServerVersion} runs in {home.Cluster} (process {supervisor.ProcessId})"));
            return new EmbeddedPostgres(cluster, supervisor, held, password);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    private static async Task<string> ReadPasswordAsync(ClusterHome home, CancellationToken cancellation) => File.Exists(home.Password)
        ? await File.ReadAllTextAsync(home.Password, cancellation).ConfigureAwait(false)
        : throw new EmbeddedPostgresException(
            EmbeddedPostgresFailure.DirectoryNotUsable, $"{home.Password}, which holds the superuser's password, is missing",
            "bring it back; or write a password there and give it to the role postgres in single-user mode (postgres --single)");
}
