using System.Diagnostics;
using System.Globalization;
using Ledger.Store.Embedded;
using Npgsql;

namespace Ledger.Store.Tests.Embedded;

public sealed class EmbeddedPostgresTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    [Fact]
    public async Task A_new_cluster_answers_and_is_durable()
    {
        await using var postgres = await StartAsync();

        (await AskAsync(postgres, "SELECT 6 * 7")).ShouldBe("42");
        foreach (var setting in new[] { "fsync", "synchronous_commit", "full_page_writes", "data_checksums" })
            (await AskAsync(postgres, $"SHOW {setting}")).ShouldBe("on", setting);
        (await AskAsync(postgres, "SELECT pg_encoding_to_char(encoding) || ' ' || datcollate FROM pg_database WHERE datname = 'template1'")).ShouldBe("UTF8 C");
        (await AskAsync(postgres, "SHOW server_version")).ShouldStartWith(postgres.ServerVersion);
        (await AskAsync(postgres, "SHOW listen_addresses")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_connects_without_the_password()
    {
        await using var postgres = await StartAsync();
        var wrong = new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Password = "guess", Pooling = false }.ConnectionString;

        var refused = await Should.ThrowAsync<PostgresException>(() => ThrowawayCluster.ExecuteAsync(wrong, "SELECT 1"));

        refused.SqlState.ShouldBe(PostgresErrorCodes.InvalidPassword);
    }

    [Fact]
    public async Task An_operator_opens_psql_with_a_file_that_only_the_server_s_user_reads()
    {
        await using var postgres = await StartAsync();

        var psql = Process.Start(new ProcessStartInfo("psql", [await File.ReadAllTextAsync(postgres.ConnectionFile), "-Atc", "SELECT current_user"]) { RedirectStandardOutput = true })!;

        (await psql.StandardOutput.ReadToEndAsync()).Trim().ShouldBe("postgres");
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(postgres.ConnectionFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task What_was_committed_is_there_after_a_restart_and_nothing_runs_in_between()
    {
        int processId;
        await using (var first = await StartAsync())
        {
            processId = first.ProcessId;
            await ThrowawayCluster.ExecuteAsync(first.ConnectionString, "CREATE TABLE kept AS SELECT 1 AS id");
        }

        Machine.Runs(processId).ShouldBeFalse();
        await using var second = await StartAsync();
        (await AskAsync(second, "SELECT count(*)::text FROM kept")).ShouldBe("1");
    }

    [Fact]
    public async Task A_second_server_on_the_same_folder_is_refused_and_told_who_has_it()
    {
        await using var first = await StartAsync();

        var refused = await Should.ThrowAsync<EmbeddedPostgresException>(StartAsync);

        refused.Failure.ShouldBe(EmbeddedPostgresFailure.AlreadyRunning);
        refused.Message.ShouldContain(Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        (await AskAsync(first, "SELECT 1")).ShouldBe("1");
    }

    [Fact]
    public async Task A_killed_postmaster_comes_back_by_itself_with_every_committed_row()
    {
        await using var postgres = await StartAsync();
        await ThrowawayCluster.ExecuteAsync(postgres.ConnectionString, "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS id");
        var killed = postgres.ProcessId;

        Machine.Kill(killed);
        await Machine.UntilAsync(() => postgres.Restarts == 1);

        postgres.ProcessId.ShouldNotBe(killed);
        (await AskAsync(postgres, "SELECT count(*)::text FROM kept")).ShouldBe("1000");
    }

    [Fact]
    public async Task A_backend_that_outlives_its_killed_postmaster_does_not_keep_it_from_coming_back()
    {
        await using var postgres = await StartAsync();
        var busy = AskAsync(postgres, "SELECT count(*)::text FROM generate_series(1, 2000000000)");
        await Machine.UntilAsync(async () => await AskAsync(postgres, "SELECT count(*)::text FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%2000000000%'") == "2");

        Machine.Kill(postgres.ProcessId);
        await Machine.UntilAsync(() => postgres.Restarts == 1);

        await Should.ThrowAsync<NpgsqlException>(() => busy);
        (await AskAsync(postgres, "SELECT 1")).ShouldBe("1");
    }

    [Fact]
    public async Task Disposing_while_it_is_being_restarted_leaves_nothing_running()
    {
        var postgres = await StartAsync();
        Machine.Kill(postgres.ProcessId);
        await Task.Delay(120);

        await postgres.DisposeAsync();

        await using var again = await StartAsync();
        (await AskAsync(again, "SELECT 1")).ShouldBe("1");
    }

    [Fact]
    public async Task Operators_may_tune_it_but_not_make_commits_less_durable()
    {
        await using (var first = await StartAsync())
        {
            foreach (var statement in new[] { "ALTER SYSTEM SET fsync = off", "ALTER SYSTEM SET work_mem = '7MB'", "ALTER SYSTEM SET synchronous_commit = off" })
                await ThrowawayCluster.ExecuteAsync(first.ConnectionString, statement);
        }

        await using var second = await StartAsync();
        (await AskAsync(second, "SHOW fsync")).ShouldBe("on");
        (await AskAsync(second, "SHOW synchronous_commit")).ShouldBe("on");
        (await AskAsync(second, "SHOW work_mem")).ShouldBe("7MB");
    }

    [Fact]
    public async Task A_start_that_is_cancelled_lets_go_of_the_folder()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(250));
        await Should.ThrowAsync<OperationCanceledException>(() => EmbeddedPostgres.StartAsync(Options(), soon.Token));

        await using var postgres = await StartAsync();
        (await AskAsync(postgres, "SELECT 1")).ShouldBe("1");
    }

    public void Dispose() => _folder.Dispose();

    private EmbeddedPostgresOptions Options() => new() { DataDirectory = _folder.Path };

    private Task<EmbeddedPostgres> StartAsync() => EmbeddedPostgres.StartAsync(Options());

    private static Task<string?> AskAsync(EmbeddedPostgres postgres, string question) => Machine.AskAsync(postgres.ConnectionString, question);
}
