using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace Ledger.Store.Embedded;

/// <summary>
/// Where the cluster listens: a Unix socket that only PostgreSQL's user (and root) can reach, or the loopback interface where no directory has a path
/// short enough for a socket. It stays the same while the server lives, through restarts of PostgreSQL.
/// </summary>
/// <param name="SocketDirectory">The socket's directory, or null for TCP.</param>
/// <param name="Port">The TCP port, or the number in the socket's name.</param>
internal sealed record Endpoint(string? SocketDirectory, int Port)
{
    /// <summary>The superuser's name.</summary>
    public const string Superuser = "postgres";

    private const int SocketPort = 5432;
    private const int SocketPathBytesMax = 107; // sun_path is 108 bytes with its end (unix(7))
    private const string TemporaryPrefix = "ledger-postgres-";

    /// <summary>Chooses where to listen, and makes the directory for it.</summary>
    public static async Task<Endpoint> ChooseAsync(ClusterHome home, string? user, CancellationToken cancellation)
    {
        // What an earlier server left there would only be in the way: nothing of this cluster runs now.
        if (Directory.Exists(home.Sockets)) Directory.Delete(home.Sockets, recursive: true);
        if (CanHoldSocket(home.Sockets))
        {
            PrivateFiles.MakeDirectory(home.Sockets);
            await ServerUser.GiveAsync(home.Sockets, user, cancellation).ConfigureAwait(false);
            return new Endpoint(home.Sockets, SocketPort);
        }

        // A fresh name (mkdtemp, 0700): nobody can have prepared a directory of that name for us.
        var temporary = Directory.CreateTempSubdirectory(TemporaryPrefix).FullName;
        await ServerUser.GiveAsync(temporary, user, cancellation).ConfigureAwait(false);
        if (CanHoldSocket(temporary) && await ServerUser.CanEnterAsync(temporary, user, cancellation).ConfigureAwait(false)) return new Endpoint(temporary, SocketPort);
        Directory.Delete(temporary);
        return new Endpoint(null, FreeLoopbackPort());
    }

    /// <summary>Removes a socket's directory if it is one of ours among the temporary files: our own at the end, a killed server's at the start.</summary>
    public static void RemoveIfTemporary(string? socketDirectory)
    {
        var temporary = Path.TrimEndingDirectorySeparator(Path.GetTempPath());
        if (Path.GetDirectoryName(socketDirectory) == temporary
            && Path.GetFileName(socketDirectory)!.StartsWith(TemporaryPrefix, StringComparison.Ordinal) && Directory.Exists(socketDirectory))
            Directory.Delete(socketDirectory, recursive: true);
    }

    /// <summary>The connection string of the superuser, for Npgsql.</summary>
    public string ConnectionString(string password) => new NpgsqlConnectionStringBuilder
    {
        Host = SocketDirectory ?? IPAddress.Loopback.ToString(),
        Port = Port,
        Username = Superuser,
        Password = password,
        Database = "postgres",
    }.ConnectionString;

    /// <summary>The same for libpq (PostgreSQL manual, 34.1.1 "Connection Strings").</summary>
    public string ConnectionInfo(string password) => string.Create(
        CultureInfo.InvariantCulture,
        $"host={Quoted(SocketDirectory ?? IPAddress.Loopback.ToString())} port={Port} user={Superuser} password={Quoted(password)} dbname=postgres\n");

    private static string Quoted(string value) => $"'{value.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal)}'";

    // A comma separates hosts in a connection string.
    private static bool CanHoldSocket(string directory) =>
        !directory.Contains(',', StringComparison.Ordinal) && Encoding.UTF8.GetByteCount($"{directory}/.s.PGSQL.{SocketPort}") <= SocketPathBytesMax;

    private static int FreeLoopbackPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
