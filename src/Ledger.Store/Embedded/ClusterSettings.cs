using System.Globalization;
using System.Text;

namespace Ledger.Store.Embedded;

/// <summary>
/// The settings that PostgreSQL runs with, renewed at each start. Ours include the cluster's own <c>postgresql.conf</c> and win over it; what an operator
/// sets by <c>ALTER SYSTEM</c> wins over ours, except what makes a commit durable.
/// </summary>
internal static class ClusterSettings
{
    private const long MiB = 1024 * 1024;

    /// <summary>A commit that was acknowledged is on disk (PostgreSQL manual, 30.1 "Reliability"). Given on the command line, where ALTER SYSTEM does not reach.</summary>
    private static readonly string[] Durability = ["fsync", "synchronous_commit", "full_page_writes"];

    /// <summary>Writes the settings and who may connect; returns the arguments that start PostgreSQL with them.</summary>
    public static async Task<IReadOnlyList<string>> WriteAsync(
        ClusterHome home, PostgresBinaries binaries, string? user, Endpoint endpoint, IReadOnlyDictionary<string, string> extra, CancellationToken cancellation)
    {
        var compression = await CompressionAsync(home, binaries, user, cancellation).ConfigureAwait(false);
        var settings = Ours(home, endpoint, compression);
        foreach (var (name, value) in extra) settings[name] = value;

        var text = new StringBuilder("# Written at each start of the ledger: what is changed here is lost. Use ALTER SYSTEM.\ninclude 'cluster/postgresql.conf'\n");
        foreach (var (name, value) in settings) text.Append(CultureInfo.InvariantCulture, $"{name} = {Quoted(value)}\n");
        PrivateFiles.Write(home.Settings, text.ToString());
        PrivateFiles.Write(home.HostBasedAuthentication, HostBasedAuthentication(endpoint));

        return ["-D", home.Cluster, "-c", $"config_file={home.Settings}", .. Durability.SelectMany(name => new[] { "-c", $"{name}={settings[name]}" })];
    }

    private static SortedDictionary<string, string> Ours(ClusterHome home, Endpoint endpoint, string compression)
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes; // the container's limit, where there is one
        return new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["fsync"] = "on",
            ["synchronous_commit"] = "on",
            ["full_page_writes"] = "on",

            ["listen_addresses"] = endpoint.SocketDirectory is null ? "127.0.0.1" : "",
            ["port"] = endpoint.Port.ToString(CultureInfo.InvariantCulture),
            ["unix_socket_directories"] = endpoint.SocketDirectory is { } directory ? $"\"{directory.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : "",
            ["unix_socket_permissions"] = "0700",
            ["hba_file"] = home.HostBasedAuthentication,
            ["password_encryption"] = "scram-sha-256",
            ["max_connections"] = "100",
            ["cluster_name"] = "ledger",

            ["shared_buffers"] = Megabytes(Math.Clamp(memory / 8, 32 * MiB, 256 * MiB)),
            ["effective_cache_size"] = Megabytes(Math.Max(memory / 2, 64 * MiB)),
            ["max_wal_size"] = "2GB",
            ["min_wal_size"] = "128MB",
            ["wal_compression"] = compression,
            ["checkpoint_timeout"] = "15min",

            ["logging_collector"] = "on",
            ["log_destination"] = "stderr",
            ["log_directory"] = "log",
            ["log_filename"] = ServerLog.FileNames,
            ["log_file_mode"] = "0600",
            ["log_rotation_size"] = ServerLog.FileSize,
            ["log_rotation_age"] = "1d",
            ["log_line_prefix"] = "%m [%p] %q%u@%d ",
            ["log_timezone"] = "UTC",
            ["timezone"] = "UTC",
        };
    }

    private static string HostBasedAuthentication(Endpoint endpoint) => endpoint.SocketDirectory is null
        ? "# Written at each start of the ledger.\nhost all all 127.0.0.1/32 scram-sha-256\nhost replication all 127.0.0.1/32 scram-sha-256\n"
        : "# Written at each start of the ledger.\nlocal all all scram-sha-256\nlocal replication all scram-sha-256\n";

    /// <summary>lz4 where this build of PostgreSQL has it (15 and later, as configured), else its own compression.</summary>
    private static async Task<string> CompressionAsync(ClusterHome home, PostgresBinaries binaries, string? user, CancellationToken cancellation)
    {
        var probe = Command.Describe(binaries.Postgres, user, "-C", "wal_compression", "-D", home.Cluster, "-c", "wal_compression=lz4");
        return (await Command.RunAsync(probe, cancellation).ConfigureAwait(false)).Succeeded ? "lz4" : "on";
    }

    private static string Quoted(string value) => $"'{value.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / MiB}MB");
}
