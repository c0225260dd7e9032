using Ledger.Domain.Deadlines;
using Ledger.Domain.Log;
using Ledger.Store.Append;
using Ledger.Store.Tests.Append;
using Ledger.Store.Tests.Deployments;
using Ledger.Store.Tests.Embedded;
using Ledger.Store.Tests.Tokens;
using Npgsql;

namespace Ledger.Store.Tests.Sandboxes;

public sealed class SandboxClockTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly DateTimeOffset Then = new(2023, 11, 19, 21, 0, 0, TimeSpan.Zero);

    private readonly TestClock _real = new();

    [Fact]
    public async Task What_is_appended_has_the_time_that_is_held_until_the_clock_runs_again()
    {
        await using var ledger = await StartAsync();
        (await ledger.EventsAsync())[0].At.ShouldBe(Sandbox.Beginning);
        await HoldAsync(ledger, Then);
        await ledger.PublishPolicyAsync();
        _real.Move(TimeSpan.FromDays(1));
        await ledger.OpenReleaseAsync("v1");
        await HoldAsync(ledger, Then.AddHours(1));
        await ledger.OpenReleaseAsync("v2");
        await HoldAsync(ledger, null);
        await ledger.OpenReleaseAsync("v3");

        (await ledger.ShouldBeSoundAsync()).Skip(1).Select(stored => stored.At)
            .ShouldBe([Then, Then, Then, Then.AddHours(1), Then.AddHours(1), _real.GetUtcNow(), _real.GetUtcNow()]);
        (await ledger.Store.Auditor.RunAsync()).Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Back_is_refused_and_a_held_time_that_is_still_to_come_is_not_fallen_behind()
    {
        await using var ledger = await StartAsync();
        var future = _real.GetUtcNow().AddYears(3);
        await HoldAsync(ledger, future);
        var refused = (await ledger.SubmitAsync(new LogCommand.SetClock(future.AddSeconds(-1)))).ShouldBeOfType<AppendResult.Refused>().Refusal;
        (refused.Code, refused.Message.Contains("2029-01-31T12:00:00.000000Z", StringComparison.Ordinal)).ShouldBe(("clock_set_back", true));

        await HoldAsync(ledger, null);
        await ledger.PublishPolicyAsync();
        (await ledger.ShouldBeSoundAsync())[^1].At.ShouldBe(future);
        ledger.Store.Clock.GetUtcNow().ShouldBe(future);
    }

    [Fact]
    public async Task A_restarted_node_and_another_one_stand_where_the_log_says()
    {
        await using var ledger = await StartAsync();
        await ShareLoginAsync(ledger);
        await using var other = await ledger.OpenNodeAsync();
        await HoldAsync(ledger, Then);
        await ledger.PublishPolicyAsync();

        // The other node was told nothing, and knows it from the log the moment it appends.
        (await ledger.SubmitAsync(TestLedger.Open("v1"), node: other)).ShouldBeOfType<AppendResult.Appended>();
        (await ledger.SubmitAsync(new LogCommand.SetClock(Then.AddHours(1)), node: other)).ShouldBeOfType<AppendResult.Appended>();
        await ledger.OpenReleaseAsync("v2");
        await ledger.Store.RefreshClockAsync();
        ledger.Store.Clock.GetUtcNow().ShouldBe(Then.AddHours(1));

        await ledger.StopAsync();
        await ledger.StartAsync();
        ledger.Store.Clock.GetUtcNow().ShouldBe(Then.AddHours(1));
        await ledger.OpenReleaseAsync("v3");
        (await ledger.Store.Releases.FindAsync(TestLedger.Release("v3")))!.At.ShouldBe(Then.AddHours(1));
        (await ledger.ShouldBeSoundAsync()).Skip(1).Select(stored => stored.At).ShouldBe([Then, Then, Then, Then.AddHours(1), Then.AddHours(1), Then.AddHours(1)]);
    }

    [Fact]
    public async Task A_deadline_passes_at_the_time_that_it_is_given_and_once()
    {
        await using var ledger = await StartAsync();
        await HoldAsync(ledger, Then);
        await CanaryLedger.PublishAsync(ledger);
        await CanaryLedger.StartAsync(ledger, "v1");
        var (release, due) = (await ledger.Store.Deadlines.DueAsync(Then.AddHours(1), 1, [])).ShouldHaveSingleItem();
        due.ShouldBe(Then.AddMinutes(1));
        await ledger.AppendAsync(new DeadlineCommand.Pass(release, due));
        (await ledger.SubmitAsync(new DeadlineCommand.Pass(release, due))).ShouldBeOfType<AppendResult.Refused>().Refusal.Code.ShouldBe("no_deadline_due");
        (await ledger.EventsAsync())[^1].At.ShouldBe(due);
    }

    [Fact]
    public async Task A_ledger_that_is_no_sandbox_keeps_the_real_time()
    {
        await using var ledger = new TestLedger(await postgres.CreateDatabaseAsync()) { Clock = _real };
        await ledger.StartAsync();
        (await ledger.SubmitAsync(new LogCommand.SetClock(Then.AddYears(9)))).ShouldBeOfType<AppendResult.Refused>().Refusal.Code.ShouldBe("not_a_sandbox");
        await CanaryLedger.PublishAsync(ledger);
        await CanaryLedger.StartAsync(ledger, "v1");
        (await ledger.SubmitAsync(new DeadlineCommand.Pass(TestLedger.Release("v1"), _real.GetUtcNow().AddHours(1)))).ShouldBeOfType<AppendResult.Refused>();
        (ledger.Store.IsSandbox, ledger.Store.Clock).ShouldBe((false, _real));
    }

    private static async Task HoldAsync(TestLedger ledger, DateTimeOffset? time)
    {
        await ledger.AppendAsync(new LogCommand.SetClock(time));
        await ledger.Store.RefreshClockAsync();
    }

    private static async Task ShareLoginAsync(TestLedger ledger)
    {
        var login = $"nodes_{Guid.NewGuid():N}";
        await ledger.ExecuteAsync($"create role {login} login password '{login}' in role ledger_app");
        await ledger.StopAsync();
        ledger.AppConnectionString = new NpgsqlConnectionStringBuilder(ledger.OwnerConnectionString) { Username = login, Password = login }.ConnectionString;
        await ledger.StartAsync();
    }

    private async Task<TestLedger> StartAsync()
    {
        var ledger = new TestLedger(await postgres.CreateDatabaseAsync()) { Clock = _real, Named = "sandbox.test.example/ledger" };
        await ledger.StartAsync();
        return ledger;
    }
}
