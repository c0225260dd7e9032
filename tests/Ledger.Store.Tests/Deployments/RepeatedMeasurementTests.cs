using System.Text.Json;
using Ledger.Domain;
using Ledger.Domain.Deployments;
using Ledger.Domain.Measurements;
using Ledger.Store.Append;
using Ledger.Store.Migrations;
using Ledger.Store.Tests.Append;
using Ledger.Store.Tests.Embedded;
using Ledger.Store.Tests.Tokens;
using Npgsql;

namespace Ledger.Store.Tests.Deployments;

/// <summary>Those who report measurements repeat what they still know: each is recorded once, however old it is, in whatever company it comes, on whichever node.</summary>
public sealed class RepeatedMeasurementTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private readonly TestClock _clock = new();

    [Fact]
    public async Task Whatever_is_sent_again_is_recorded_once()
    {
        await using var ledger = await StartAsync();
        var all = Samples(200);
        await ledger.AppendAsync(Measure(all));

        // The same again, the oldest alone, every third with new ones between them, and the same in other parts: of none is anything new but what is.
        (await CodeAsync(ledger, Measure(all))).ShouldBe("measurements_repeated");
        (await CodeAsync(ledger, Measure([all[0]]))).ShouldBe("measurements_repeated");
        (await CodeAsync(ledger, Measure([.. all.Skip(150)]))).ShouldBe("measurements_repeated");
        await ledger.AppendAsync(Measure([.. all.Where((_, i) => i % 3 == 0), all[0] with { Source = "datadog" }]));

        // And after a restart, when nothing is in memory any more.
        await ledger.StopAsync();
        await ledger.StartAsync();
        (await CodeAsync(ledger, Measure(all))).ShouldBe("measurements_repeated");
        await ShouldHoldEachOnceAsync(ledger, 201);
    }

    [Fact]
    public async Task What_does_not_count_is_not_recorded_twice_either()
    {
        await using var ledger = await StartAsync();
        var early = Samples(1)[0] with { At = _clock.GetUtcNow().AddHours(-1) };
        var ahead = Samples(1)[0] with { At = _clock.GetUtcNow().AddHours(1) };
        foreach (var sample in new[] { early, ahead })
        {
            await ledger.AppendAsync(Measure([sample]));
            (await CodeAsync(ledger, Measure([sample]))).ShouldBe("measurements_repeated");
        }

        // When its time has come, it is still the measurement whose source's clock was wrong.
        _clock.Move(TimeSpan.FromHours(2));
        (await CodeAsync(ledger, Measure([ahead]))).ShouldBe("measurements_repeated");

        // The same as a baseline is something else: what was before the release.
        await ledger.AppendAsync(Measure([early with { Timing = SampleTiming.Baseline }]));
        (await CodeAsync(ledger, Measure([early with { Timing = SampleTiming.Baseline }]))).ShouldBe("measurements_repeated");
        await ShouldHoldEachOnceAsync(ledger, 3);
    }

    [Fact]
    public async Task The_same_on_two_nodes_at_once_is_recorded_once()
    {
        await using var ledger = await StartAsync();
        var login = $"nodes_{Guid.NewGuid():N}";
        await ledger.ExecuteAsync($"create role {login} login password '{login}' in role ledger_app");
        await ledger.StopAsync();
        ledger.AppConnectionString = new NpgsqlConnectionStringBuilder(ledger.OwnerConnectionString) { Username = login, Password = login }.ConnectionString;
        await ledger.StartAsync();
        await using var other = await ledger.OpenNodeAsync();
        var all = Samples(100);

        var results = await Task.WhenAll(Enumerable.Range(0, 40).Select(i =>
            ledger.SubmitAsync(Measure([.. all.Skip(i).Take(60)]), node: i % 2 == 0 ? ledger.Store : other)));

        results.ShouldAllBe(result => result is AppendResult.Appended || ((AppendResult.Refused)result).Refusal.Code == "measurements_repeated");
        await ShouldHoldEachOnceAsync(ledger, 99);
    }

    [Fact]
    public async Task What_was_recorded_before_there_was_such_a_table_is_known_by_the_migration()
    {
        await using var ledger = await StartAsync();
        var all = Samples(40);
        await ledger.AppendAsync(Measure(all));
        await ledger.ExecuteAsync("drop table ledger_measurements; drop function ledger_measurements_of; drop table ledger_outbox_discards; delete from ledger_migrations where name = '0013_measurements_and_discards.sql'");
        (await ledger.Store.Auditor.RunAsync()).Problems.Select(problem => problem.Code).ShouldContain("measurements_missing");
        await ledger.StopAsync();

        (await Migrator.ApplyAsync(ledger.OwnerConnectionString)).ShouldBe(["0013_measurements_and_discards.sql"]);

        await ledger.StartAsync();
        (await CodeAsync(ledger, Measure(all))).ShouldBe("measurements_repeated");
        await ShouldHoldEachOnceAsync(ledger, 40);
    }

    [Theory]
    [InlineData("delete from ledger_measurements", "measurement_missing")]
    [InlineData("update ledger_measurements set identity = '\\x00112233445566778899aabbccddeeff' where identity = (select min(identity::text)::bytea from ledger_measurements)", "measurement_missing", "measurement_unexpected")]
    [InlineData("insert into ledger_measurements values ('release/none/v1', '\\x00112233445566778899aabbccddeeff')", "measurement_unexpected")]
    public async Task An_audit_holds_the_table_against_the_events(string sql, params string[] codes)
    {
        await using var ledger = await StartAsync();
        await ledger.AppendAsync(Measure(Samples(3)));
        await ledger.ExecuteAsync(sql);
        (await ledger.Store.Auditor.RunAsync()).Problems.Select(problem => problem.Code).ShouldBe(codes, ignoreOrder: true);
    }

    [Fact]
    public async Task The_servers_role_only_adds_to_it()
    {
        await using var ledger = await StartAsync();
        foreach (var (privilege, allowed) in new[] { ("SELECT", true), ("INSERT", true), ("UPDATE", false), ("DELETE", false), ("TRUNCATE", false) })
            (await ledger.AskAsync<bool>($"select has_table_privilege('ledger_app', 'ledger_measurements', '{privilege}')")).ShouldBe(allowed, privilege);
    }

    private static DeploymentCommand.Measure Measure(IReadOnlyList<Sample> samples) => new(TestLedger.Release("v1"), samples);

    private static async Task<string> CodeAsync(TestLedger ledger, DeploymentCommand.Measure command) =>
        (await ledger.SubmitAsync(command)).ShouldBeOfType<AppendResult.Refused>().Refusal.Code;

    private static async Task ShouldHoldEachOnceAsync(TestLedger ledger, int count)
    {
        var recorded = (await ledger.ShouldBeSoundAsync()).Where(stored => stored.Type == "analysis_measured")
            .SelectMany(stored => JsonSerializer.Deserialize(stored.Data.Span, DomainJson.Default.AnalysisMeasured)!.Measurements).Select(SampleIdentity.Of).ToList();
        recorded.Count.ShouldBe(count);
        recorded.Distinct().Count().ShouldBe(count);
        (await ledger.Store.Auditor.RunAsync()).Problems.ShouldBeEmpty();
    }

    private List<Sample> Samples(int count)
    {
        var start = _clock.GetUtcNow();
        return [.. Enumerable.Range(0, count).Select(i => new Sample("error_rate", start.AddMilliseconds(i), "prometheus", Unit.Ratio, 0.001))];
    }

    private async Task<TestLedger> StartAsync()
    {
        var ledger = new TestLedger(await postgres.CreateDatabaseAsync()) { Clock = _clock };
        await ledger.StartAsync();
        await ledger.PublishPolicyAsync();
        await CanaryLedger.PublishAsync(ledger);
        await CanaryLedger.StartAsync(ledger, "v1");
        _clock.Move(TimeSpan.FromSeconds(10));
        return ledger;
    }
}
