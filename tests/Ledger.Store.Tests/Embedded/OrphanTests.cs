using System.Globalization;
using Ledger.Store.Embedded;

namespace Ledger.Store.Tests.Embedded;

public sealed class OrphanTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    [Fact]
    public async Task PostgreSQL_that_outlived_its_killed_server_is_stopped_and_started_afresh()
    {
        using var killed = OtherServer.Start(_folder.Path);
        var (connectionString, orphan) = await killed.ReadyAsync();
        await ThrowawayCluster.ExecuteAsync(connectionString, "CREATE TABLE kept AS SELECT 1 AS id");
        killed.Kill();
        Machine.Runs(orphan).ShouldBeTrue();

        await using var next = await StartAsync();

        Machine.Runs(orphan).ShouldBeFalse();
        next.ProcessId.ShouldNotBe(orphan);
        (await Machine.AskAsync(next.ConnectionString, "SELECT count(*)::text FROM kept")).ShouldBe("1");
    }

    [Fact]
    public async Task A_folder_that_another_process_holds_is_refused_with_its_process_id()
    {
        using var other = OtherServer.Start(_folder.Path);
        var (_, postmaster) = await other.ReadyAsync();

        var refused = await Should.ThrowAsync<EmbeddedPostgresException>(StartAsync);

        refused.Failure.ShouldBe(EmbeddedPostgresFailure.AlreadyRunning);
        refused.Message.ShouldContain($"process {other.ProcessId.ToString(CultureInfo.InvariantCulture)}");
        Machine.Runs(postmaster).ShouldBeTrue();
    }

    [Fact]
    public async Task Server_and_PostgreSQL_killed_together_lose_nothing_committed()
    {
        using var killed = OtherServer.Start(_folder.Path);
        var (connectionString, postmaster) = await killed.ReadyAsync();
        await ThrowawayCluster.ExecuteAsync(connectionString, "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS id");
        killed.Kill();
        Machine.Kill(postmaster);

        await using var next = await StartAsync();

        (await Machine.AskAsync(next.ConnectionString, "SELECT count(*)::text FROM kept")).ShouldBe("1000");
    }

    [Fact]
    public async Task A_stale_file_whose_process_id_was_given_to_another_process_is_no_obstacle()
    {
        await (await StartAsync()).DisposeAsync();
        File.WriteAllText(
            Path.Combine(_folder.Path, "cluster", "postmaster.pid"), string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}\n{_folder.Path}/cluster\n1\n5432\n\n\n"));

        await using var next = await StartAsync();

        (await Machine.AskAsync(next.ConnectionString, "SELECT 1")).ShouldBe("1");
    }

    [Fact]
    public async Task A_server_killed_while_it_made_its_cluster_leaves_nothing_in_the_way()
    {
        using var killed = OtherServer.Start(_folder.Path);
        await Machine.UntilAsync(() => Directory.Exists(_folder.Path) && Directory.GetDirectories(_folder.Path, "cluster.init-*").Any(made => Directory.Exists(Path.Combine(made, "data", "base"))));
        killed.Kill();
        Directory.Exists(Path.Combine(_folder.Path, "cluster")).ShouldBeFalse();

        await using (var next = await StartAsync())
            (await Machine.AskAsync(next.ConnectionString, "SELECT 1")).ShouldBe("1");

        await (await StartAsync()).DisposeAsync();
    }

    [Fact]
    public async Task Ctrl_C_in_the_server_s_terminal_does_not_reach_PostgreSQL()
    {
        await using var postgres = await StartAsync();

        Machine.SessionOf(postgres.ProcessId).ShouldBe(postgres.ProcessId);
    }

    public void Dispose() => _folder.Dispose();

    private Task<EmbeddedPostgres> StartAsync() => EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataDirectory = _folder.Path });
}
