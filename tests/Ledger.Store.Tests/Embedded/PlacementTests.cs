using Ledger.Store.Embedded;
using Npgsql;

namespace Ledger.Store.Tests.Embedded;

public sealed class PlacementTests : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly List<string> _log = [];

    [Fact]
    public async Task A_path_too_long_for_a_socket_puts_the_socket_among_the_temporary_files_and_takes_it_away_again()
    {
        string host;
        await using (var postgres = await StartAsync(LongPath()))
        {
            host = HostOf(postgres.ConnectionString);
            host.ShouldStartWith(Path.GetTempPath());
            Machine.Kill(postgres.ProcessId);
            await Machine.UntilAsync(() => postgres.Restarts == 1);
            (await Machine.AskAsync(postgres.ConnectionString, "SELECT 1")).ShouldBe("1");
        }

        Directory.Exists(host).ShouldBeFalse();
    }

    [Fact]
    public async Task Where_no_path_is_short_enough_it_listens_on_loopback_and_still_asks_for_the_password()
    {
        var temporary = Path.Combine(_folder.Root, new string('t', 100));
        Directory.CreateDirectory(temporary);
        using var server = OtherServer.Start(LongPath(), temporaryFiles: temporary);

        var (connectionString, _) = await server.ReadyAsync();

        HostOf(connectionString).ShouldBe("127.0.0.1");
        (await Machine.AskAsync(connectionString, "SELECT 1")).ShouldBe("1");
        var wrong = new NpgsqlConnectionStringBuilder(connectionString) { Password = "guess" }.ConnectionString;
        (await Should.ThrowAsync<PostgresException>(() => Machine.AskAsync(wrong, "SELECT 1"))).SqlState.ShouldBe(PostgresErrorCodes.InvalidPassword);
    }

    [Fact]
    public async Task A_path_with_spaces_quotes_and_commas_is_a_path()
    {
        await using var postgres = await StartAsync(Path.Combine(_folder.Root, "it's, \"here\" \\ now"));

        (await Machine.AskAsync(postgres.ConnectionString, "SELECT 1")).ShouldBe("1");
    }

    [Fact]
    public async Task Root_s_private_folder_gets_its_cluster_elsewhere_and_keeps_its_mode()
    {
        if (!Environment.IsPrivilegedProcess || OperatingSystem.IsWindows()) return; // only root has a folder that PostgreSQL's user cannot enter
        const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        File.SetUnixFileMode(_folder.Root, Private);
        string home;
        await using (var first = await StartAsync(_folder.Path))
        {
            home = first.HomeDirectory;
            await ThrowawayCluster.ExecuteAsync(first.ConnectionString, "CREATE TABLE kept AS SELECT 1 AS id");
        }

        try
        {
            home.ShouldStartWith("/var/lib/ledger/");
            _log.ShouldContain(line => line.Contains(home, StringComparison.Ordinal) && line.Contains(_folder.Path, StringComparison.Ordinal));
            File.GetUnixFileMode(_folder.Root).ShouldBe(Private);
            await using var second = await StartAsync(_folder.Path);
            second.HomeDirectory.ShouldBe(home);
            (await Machine.AskAsync(second.ConnectionString, "SELECT count(*)::text FROM kept")).ShouldBe("1");
            (await Should.ThrowAsync<EmbeddedPostgresException>(() => StartAsync(_folder.Path))).Failure.ShouldBe(EmbeddedPostgresFailure.AlreadyRunning);
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }

        var lost = await Should.ThrowAsync<EmbeddedPostgresException>(() => StartAsync(_folder.Path));
        lost.Failure.ShouldBe(EmbeddedPostgresFailure.DirectoryNotUsable);
        lost.Message.ShouldContain(home);
    }

    [Fact]
    public async Task A_server_that_is_not_root_runs_it_as_itself()
    {
        // Needs a user to become, and a build that this user can read.
        if (!Environment.IsPrivilegedProcess || !await ServerUser.CanEnterAsync(AppContext.BaseDirectory, "nobody", default)) return;
        var own = Path.Combine(_folder.Root, "own");
        Directory.CreateDirectory(own);
        await ServerUser.GiveAsync(own, "nobody", default);
        using var server = OtherServer.Start(Path.Combine(own, "postgres"), user: "nobody");

        var (connectionString, postmaster) = await server.ReadyAsync();

        (await Machine.AskAsync(connectionString, "SELECT 1")).ShouldBe("1");
        (await ServerUser.OfClusterAsync(Path.Combine(own, "postgres", "cluster"), default)).ShouldBe("nobody");
        Machine.Runs(postmaster).ShouldBeTrue();
    }

    public void Dispose() => _folder.Dispose();

    private string LongPath() => Path.Combine(_folder.Root, new string('d', 100), "postgres");

    private static string HostOf(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString).Host!;

    private Task<EmbeddedPostgres> StartAsync(string path) => EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataDirectory = path, Log = _log.Add });
}
