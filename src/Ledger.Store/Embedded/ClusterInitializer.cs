using System.Globalization;
using System.Security.Cryptography;

namespace Ledger.Store.Embedded;

/// <summary>Makes a cluster beside its place and then moves it there in one step: a half-made cluster is never taken for a whole one.</summary>
internal static class ClusterInitializer
{
    private const string Unfinished = "cluster.init-";

    /// <summary>Makes the cluster of <paramref name="home"/>, which has none: UTF-8, the C locale (whose order no upgrade of the system changes), checksums, password always asked.</summary>
    public static async Task MakeAsync(ClusterHome home, PostgresBinaries binaries, string? user, CancellationToken cancellation)
    {
        foreach (var abandoned in Directory.GetDirectories(home.Directory, Unfinished + "*")) RemoveIfPossible(abandoned);

        var workshop = Path.Combine(home.Directory, Unfinished + Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture));
        var data = Path.Combine(workshop, "data");
        var passwordFile = Path.Combine(workshop, "password");
        var password = RandomNumberGenerator.GetHexString(48, lowercase: true);
        try
        {
            PrivateFiles.MakeDirectory(workshop);
            PrivateFiles.WriteSecret(passwordFile, password + "\n");
            PrivateFiles.WriteSecret(home.Password, password);
            await ServerUser.GiveAsync(passwordFile, user, cancellation).ConfigureAwait(false);
            await ServerUser.GiveAsync(workshop, user, cancellation).ConfigureAwait(false);

            var made = await Command.RunAsync(
                Command.Describe(
                    binaries.InitDb, user, "-D", data, $"--username={Endpoint.Superuser}", $"--pwfile={passwordFile}",
                    "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--data-checksums", "--no-instructions"),
                cancellation).ConfigureAwait(false);
            if (!made.Succeeded) throw EmbeddedPostgresException.FromOutput($"initdb failed in {home.Directory}", made.Output.Trim());

            Directory.Move(data, home.Cluster);

            // initdb has synced the cluster; its new name must be as durable as what will be committed to it.
            var synced = await Command.RunAsync(Command.Describe("sync", null, home.Directory), cancellation).ConfigureAwait(false);
            if (!synced.Succeeded) throw EmbeddedPostgresException.FromOutput($"{home.Directory} cannot be synced", synced.Output.Trim());
        }
        finally
        {
            RemoveIfPossible(workshop);
        }
    }

    // An initdb whose server was killed may still be writing there; the next start removes what this one cannot.
    private static void RemoveIfPossible(string directory)
    {
        try
        {
            Directory.Delete(directory, recursive: true);
        }
        catch (Exception busy) when (busy is IOException or UnauthorizedAccessException)
        {
        }
    }
}
