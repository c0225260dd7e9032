using System.Text.Json;
using Ledger.Domain;
using Ledger.Domain.Deployments;
using Ledger.Domain.Releases;
using Ledger.Domain.Rollbacks;
using Ledger.Store.Append;
using Ledger.Store.Migrations;
using Ledger.Store.Releases;
using Ledger.Store.Tests.Append;
using Ledger.Store.Tests.Embedded;
using Ledger.Store.Tests.Tokens;
using Npgsql;

namespace Ledger.Store.Tests.Deployments;

public sealed class DeploymentTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private readonly TestClock _clock = new();

    [Fact]
    public async Task What_is_projected_is_what_a_replay_comes_to_and_an_audit_says_so()
    {
        await using var ledger = await StartAsync();
        var start = _clock.GetUtcNow();
        foreach (var version in new[] { "v1", "v2", "v3" }) await CanaryLedger.StartAsync(ledger, version);
        for (var i = 0; i < 40; i++)
        {
            _clock.Move(TimeSpan.FromSeconds(30));
            await ledger.AppendAsync(CanaryLedger.Measure("v1", "error_rate", _clock.GetUtcNow(), i % 7 == 0 ? null : 0.001));
            await ledger.AppendAsync(CanaryLedger.Measure("v2", "redis.failures", start.AddSeconds((i * 29) % 600), 1));
            if (i == 20)
            {
                // What is read back from the projection goes on like what was in memory.
                await ledger.StopAsync();
                await ledger.StartAsync();
            }
        }

        await ledger.AppendAsync(new RollbackCommand.Start(TestLedger.Release("v2"), RollbackCause.Rule, "redis"));
        await CanaryLedger.PassAsync(ledger.Store, _clock.GetUtcNow());
        foreach (var version in new[] { "v1", "v2", "v3" })
        {
            var projected = (await ledger.Store.Releases.FindAsync(TestLedger.Release(version)))!;
            var replayed = (await ledger.Store.Releases.FindAsOfAsync(TestLedger.Release(version), new AsOf.Time(_clock.GetUtcNow())))!;
            Text(projected.State.Deployment!).ShouldBe(Text(replayed.State.Deployment!));
            JsonSerializer.Serialize(projected.Standing(), DomainJson.Default.ReleaseStanding).ShouldBe(JsonSerializer.Serialize(replayed.Standing(), DomainJson.Default.ReleaseStanding));
        }

        (await ledger.Store.Releases.FindAsync(TestLedger.Release("v2")))!.State.Deployment!.Triggers.Select(trigger => trigger.Rule).ShouldBe(["redis"]);
        (await ledger.Store.Auditor.RunAsync()).Problems.ShouldBeEmpty();
        await ledger.ShouldBeSoundAsync();
    }

    [Theory]
    [InlineData("update ledger_deployments set state = jsonb_set(state, '{phase}', '\"rolled_back\"')", "deployment_differs")]
    [InlineData("update ledger_deployments set state = null", "deployment_differs")]
    [InlineData("update ledger_deployments set terms = terms - 'rules'", "deployment_differs")]
    [InlineData("update ledger_deployments set due_at = due_at + interval '1 microsecond'", "deadline_differs")]
    [InlineData("update ledger_deployments set due_at = null, deadline = null", "deadline_differs")]
    [InlineData("update ledger_deployments set deadline = deadline || 'x'", "deadline_differs")]
    [InlineData("delete from ledger_deployments", "deployment_missing")]
    [InlineData("set session_replication_role = replica; insert into ledger_deployments (stream_id) values ('release/none/v1')", "deployment_unexpected")]
    public async Task An_audit_names_a_deployment_that_was_changed(string sql, string code)
    {
        await using var ledger = await StartAsync();
        await CanaryLedger.StartAsync(ledger, "v1");
        await ledger.ExecuteAsync(sql);
        (await ledger.Store.Auditor.RunAsync()).Problems.Select(problem => problem.Code).ShouldBe([code]);
    }

    [Fact]
    public async Task Two_nodes_that_evaluate_one_rule_at_once_let_it_fire_once()
    {
        await using var ledger = await StartAsync();
        await ShareLoginAsync(ledger);
        await using var other = await ledger.OpenNodeAsync();
        await CanaryLedger.StartAsync(ledger, "v1");
        var start = _clock.GetUtcNow();
        _clock.Move(TimeSpan.FromMinutes(4));

        var results = await Task.WhenAll(Enumerable.Range(0, 60).Select(i =>
            ledger.SubmitAsync(CanaryLedger.Measure("v1", "redis.failures", start.AddSeconds(i), 1), node: i % 2 == 0 ? ledger.Store : other)));

        results.ShouldAllBe(result => result is AppendResult.Appended);
        var events = await ledger.ShouldBeSoundAsync();
        events.Count(stored => stored.Type == "analysis_measured").ShouldBe(60);
        events.Count(stored => stored.Type == "rollback_triggered").ShouldBe(1);
        (await ledger.Store.Auditor.RunAsync()).Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Deadlines_pass_once_whichever_nodes_ask_and_when_one_of_them_is_gone()
    {
        await using var ledger = await StartAsync();
        await ShareLoginAsync(ledger);
        var other = await ledger.OpenNodeAsync();
        foreach (var version in Enumerable.Range(0, 10)) await CanaryLedger.StartAsync(ledger, $"v{version}");

        for (var round = 0; round < 12; round++)
        {
            _clock.Move(TimeSpan.FromSeconds(30));
            var nodes = round < 6 ? new[] { ledger.Store, other, ledger.Store, other } : [ledger.Store, ledger.Store];
            await Task.WhenAll(nodes.Select(node => CanaryLedger.PassAsync(node, _clock.GetUtcNow())));
            if (round == 5) await other.DisposeAsync();
        }

        var passed = (await ledger.ShouldBeSoundAsync()).Where(stored => stored.Type == "deadline_passed")
            .Select(stored => (stored.Stream, Deadline: JsonDocument.Parse(stored.Data).RootElement.GetProperty("deadline").GetString()!)).ToList();
        passed.Distinct().Count().ShouldBe(passed.Count);
        passed.GroupBy(each => each.Deadline).ToDictionary(group => group.Key, group => group.Count())
            .ShouldBe(new Dictionary<string, int> { ["analysis_due"] = 10, ["silence"] = 10, ["step_end"] = 10 }, ignoreOrder: true);
        (await ledger.Store.Deadlines.DueAsync(_clock.GetUtcNow(), 100, [])).ShouldBeEmpty();
        (await ledger.Store.Auditor.RunAsync()).Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_servers_role_writes_no_more_of_a_deployment_than_its_row()
    {
        await using var ledger = await StartAsync();
        foreach (var (privilege, allowed) in new[] { ("SELECT", true), ("INSERT", true), ("DELETE", false), ("TRUNCATE", false) })
            (await ledger.AskAsync<bool>($"select has_table_privilege('ledger_app', 'ledger_deployments', '{privilege}')")).ShouldBe(allowed, privilege);
        (await ledger.AskAsync<bool>("select has_column_privilege('ledger_app', 'ledger_deployments', 'stream_id', 'UPDATE')")).ShouldBeFalse();
    }

    [Fact]
    public async Task Deadlines_of_releases_that_were_there_before_are_found_by_the_migration()
    {
        await using var ledger = await StartAsync();
        var now = _clock.GetUtcNow();
        await ledger.OpenReleaseAsync("plain");
        await ledger.AppendAsync(TestLedger.Open("window") with { Window = new MaintenanceWindow(now, now.AddHours(2)) });
        await ledger.AppendAsync(new ReleaseCommand.WaiveGate(TestLedger.Release("window"), "load", "owner", "reason", "control", now.AddHours(1)));
        await ledger.AppendAsync(new ReleaseCommand.WaiveGate(TestLedger.Release("window"), "ready", "owner", "reason", "control", now.AddHours(1)));
        await ledger.AppendAsync(TestLedger.Open("closed") with { Window = new MaintenanceWindow(now, now.AddHours(2)) });
        await ledger.AppendAsync(new ReleaseCommand.Close(TestLedger.Release("closed"), CloseOutcome.Abandoned, "over"));
        await ledger.ExecuteAsync("drop table ledger_deployments; delete from ledger_migrations where name = '0008_deployments.sql'");

        (await Migrator.ApplyAsync(ledger.OwnerConnectionString)).ShouldBe(["0008_deployments.sql"]);

        (await ledger.AskAsync<long>("select count(*) from ledger_deployments")).ShouldBe(1);
        (await ledger.AskAsync<string>("select deadline from ledger_deployments")).ShouldBe("waiver_end/load");
        (await ledger.Store.Auditor.RunAsync()).Problems.ShouldBeEmpty();
    }

    private async Task<TestLedger> StartAsync()
    {
        var ledger = new TestLedger(await postgres.CreateDatabaseAsync()) { Clock = _clock };
        await ledger.StartAsync();
        await ledger.PublishPolicyAsync();
        await CanaryLedger.PublishAsync(ledger);
        return ledger;
    }

    // Nodes over one database have one login.
    private static async Task ShareLoginAsync(TestLedger ledger)
    {
        var login = $"nodes_{Guid.NewGuid():N}";
        await ledger.ExecuteAsync($"create role {login} login password '{login}' in role ledger_app");
        await ledger.StopAsync();
        ledger.AppConnectionString = new NpgsqlConnectionStringBuilder(ledger.OwnerConnectionString) { Username = login, Password = login }.ConnectionString;
        await ledger.StartAsync();
    }

    private static string Text(DeploymentState state) =>
        JsonSerializer.Serialize(state, DomainJson.Default.DeploymentState) + JsonSerializer.Serialize(state.Terms!, DomainJson.Default.DeploymentTerms);
}
