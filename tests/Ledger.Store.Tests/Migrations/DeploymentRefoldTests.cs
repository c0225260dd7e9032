using Ledger.Store.Migrations;
using Ledger.Store.Tests.Append;
using Ledger.Store.Tests.Deployments;
using Ledger.Store.Tests.Embedded;
using Ledger.Store.Tests.Tokens;

namespace Ledger.Store.Tests.Migrations;

/// <summary><c>0016_deployments_folded_anew.sql</c>: deployments as a build left them that folded their events otherwise.</summary>
public sealed class DeploymentRefoldTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const string File = "0016_deployments_folded_anew.sql";

    [Fact]
    public async Task The_rows_of_the_build_before_come_to_what_a_replay_comes_to()
    {
        var clock = new TestClock();
        await using var ledger = new TestLedger(await postgres.CreateDatabaseAsync()) { Clock = clock };
        await ledger.StartAsync();
        await CanaryLedger.PublishAsync(ledger);
        foreach (var version in new[] { "v1", "v2" }) await CanaryLedger.StartAsync(ledger, version);
        clock.Move(TimeSpan.FromSeconds(10));
        await ledger.AppendAsync(CanaryLedger.Measure("v1", "error_rate", clock.GetUtcNow(), 0.01));
        await ledger.ExecuteAsync(
            $"""
            update ledger_deployments set due_at = null, deadline = null, state = state #- '{"{series,error_rate,settled,tallies,errors,fromVersion}"}' where stream_id like '%/v1';
            delete from ledger_migrations where name = '{File}'
            """);
        (await ledger.Store.Auditor.RunAsync()).Problems.ShouldContain(problem => problem.Code == "deployment_differs");
        await ledger.StopAsync();

        (await Migrator.ApplyAsync(ledger.OwnerConnectionString)).ShouldBe([File]);

        await ledger.StartAsync();
        (await ledger.Store.Auditor.RunAsync()).Problems.ShouldBeEmpty();
        await ledger.AppendAsync(CanaryLedger.Measure("v1", "error_rate", clock.GetUtcNow().AddSeconds(1), 0.01));
        (await ledger.Store.Auditor.RunAsync()).Problems.ShouldBeEmpty();
    }
}
