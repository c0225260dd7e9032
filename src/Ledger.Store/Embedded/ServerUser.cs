using System.ComponentModel;

namespace Ledger.Store.Embedded;

/// <summary>
/// The user that PostgreSQL runs as. It refuses to run as root (PostgreSQL manual, 19.1), so a root server runs it as an unprivileged user;
/// any other server runs it as itself, written as null here.
/// </summary>
internal static class ServerUser
{
    private static readonly string[] Preferred = ["postgres", "nobody"];

    /// <summary>The user for a new cluster.</summary>
    public static async Task<string?> ForNewClusterAsync(CancellationToken cancellation)
    {
        if (!Environment.IsPrivilegedProcess) return null;
        foreach (var name in Preferred)
        {
            if ((await Command.RunAsync(Command.Describe("id", null, "-u", name), cancellation).ConfigureAwait(false)).Succeeded) return name;
        }

        throw new EmbeddedPostgresException(
            EmbeddedPostgresFailure.NoUnprivilegedUser,
            "PostgreSQL refuses to run as root, and this machine has neither a user postgres nor a user nobody to run it as",
            "run the ledger as another user, or make one: useradd --system postgres");
    }

    /// <summary>The user of a cluster that is there: its owner, because PostgreSQL runs for nobody else.</summary>
    public static async Task<string?> OfClusterAsync(string cluster, CancellationToken cancellation)
    {
        if (!Environment.IsPrivilegedProcess) return null;
        var owner = await Command.RunAsync(Command.Describe("stat", null, "-c", "%U", cluster), cancellation).ConfigureAwait(false);
        var name = owner.Output.Trim();
        return owner.Succeeded && name is not ("root" or "UNKNOWN")
            ? name
            : throw new EmbeddedPostgresException(
                EmbeddedPostgresFailure.DirectoryNotUsable,
                $"the cluster {cluster} belongs to {name}, and PostgreSQL cannot run as that user",
                $"give it to the user it was made by, e.g. chown -R postgres: {cluster}");
    }

    /// <summary>Makes <paramref name="user"/> the owner of one file or directory; does nothing when PostgreSQL runs as ourselves.</summary>
    public static async Task GiveAsync(string path, string? user, CancellationToken cancellation)
    {
        if (user is null) return;
        var given = await Command.RunAsync(Command.Describe("chown", null, $"{user}:", path), cancellation).ConfigureAwait(false);
        if (!given.Succeeded)
            throw new EmbeddedPostgresException(EmbeddedPostgresFailure.DirectoryNotUsable, $"{path} cannot be given to the user {user}: {given.Output.Trim()}");
    }

    /// <summary>Whether <paramref name="user"/> can enter a directory, found by trying: modes, ACLs and mounts all have their say.</summary>
    public static async Task<bool> CanEnterAsync(string directory, string? user, CancellationToken cancellation)
    {
        if (user is null) return true;
        try
        {
            return (await Command.RunAsync(Command.Describe("test", user, "-x", directory), cancellation).ConfigureAwait(false)).Succeeded;
        }
        catch (Win32Exception broken)
        {
            throw new EmbeddedPostgresException(
                EmbeddedPostgresFailure.NoUnprivilegedUser, $"PostgreSQL refuses to run as root, and we may not become the user {user}: {broken.Message}",
                "run the ledger as another user, or allow it setuid and setgid (CAP_SETUID, CAP_SETGID)", broken);
        }
    }
}
