using Ledger.Integrity.Keys;
using Ledger.Store.Append;
using Ledger.Store.Releases;
using Ledger.Store.Tests.Embedded;

namespace Ledger.Store.Tests.Append;

public sealed class SequencerTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Many_callers_at_once_get_dense_places_and_receipts_that_the_rows_bear_out()
    {
        await using var ledger = await StartAsync();
        foreach (var n in Enumerable.Range(0, 16)) await ledger.OpenReleaseAsync($"v{n}");

        var results = await Task.WhenAll(Enumerable.Range(0, 600).Select(n => ledger.SubmitAsync(TestLedger.Report($"v{n % 16}", n % 100))));

        var events = await ledger.ShouldBeSoundAsync();
        var receipts = results.Select(result => result.ShouldBeOfType<AppendResult.Appended>().Receipt).ToList();
        receipts.Select(receipt => receipt.Sequence).Distinct().Count().ShouldBe(600);
        foreach (var receipt in receipts) receipt.LeafHash.ShouldBe(events[(int)receipt.LeafIndex].LeafHash());
        (await ledger.AskAsync<long>("select last_value from mt_events_sequence")).ShouldBe(events.Count);
    }

    [Fact]
    public async Task What_was_appended_is_read_back_at_once_and_equals_the_replay()
    {
        await using var ledger = await StartAsync();
        await ledger.OpenReleaseAsync("v1");
        await ledger.AppendAsync(TestLedger.Report("v1", 80));
        var appended = await ledger.AppendAsync(TestLedger.Attest("v1"));

        var now = (await ledger.Store.Releases.FindAsync(TestLedger.Release("v1"))).ShouldNotBeNull();
        var replayed = (await ledger.Store.Releases.FindAsOfAsync(TestLedger.Release("v1"), new AsOf.Leaf(appended.Receipt.LeafIndex))).ShouldNotBeNull();

        now.Standing().Verdict.ShouldBe(Domain.GoNoGo.Verdict.Go);
        var atTheSameTime = now with { At = replayed.At };
        System.Text.Json.JsonSerializer.Serialize(atTheSameTime.Standing()).ShouldBe(System.Text.Json.JsonSerializer.Serialize(replayed.Standing()));
    }

    [Fact]
    public async Task A_release_is_seen_as_it_was_at_a_leaf_and_not_at_all_before_it_was_opened()
    {
        await using var ledger = await StartAsync();
        var opened = await ledger.OpenReleaseAsync("v1");
        var red = await ledger.AppendAsync(TestLedger.Report("v1", 500));
        await ledger.AppendAsync(TestLedger.Report("v1", 50, "the machine was busy"));
        await ledger.AppendAsync(TestLedger.Attest("v1"));

        async Task<Domain.GoNoGo.Verdict?> VerdictAt(long leaf) =>
            (await ledger.Store.Releases.FindAsOfAsync(TestLedger.Release("v1"), new AsOf.Leaf(leaf)))?.Standing().Verdict;
        (await VerdictAt(opened.Receipt.LeafIndex - 1)).ShouldBeNull();
        (await VerdictAt(opened.Receipt.LeafIndex)).ShouldBe(Domain.GoNoGo.Verdict.Pending);
        (await VerdictAt(red.Receipt.LeafIndex)).ShouldBe(Domain.GoNoGo.Verdict.NoGo);
        (await VerdictAt(red.Receipt.LeafIndex + 2)).ShouldBe(Domain.GoNoGo.Verdict.Go);
    }

    [Fact]
    public async Task A_refusal_appends_nothing_and_a_later_command_is_not_disturbed()
    {
        await using var ledger = await StartAsync();
        await ledger.OpenReleaseAsync("v1");
        var before = (await ledger.EventsAsync()).Count;

        var results = await Task.WhenAll(
            ledger.SubmitAsync(TestLedger.Open("v1")),
            ledger.SubmitAsync(TestLedger.Report("v9", 1)),
            ledger.SubmitAsync(TestLedger.Report("v1", 1)));

        results[0].ShouldBeOfType<AppendResult.Refused>().Refusal.Code.ShouldBe("release_exists");
        results[1].ShouldBeOfType<AppendResult.Refused>().Refusal.Code.ShouldBe("release_unknown");
        results[2].ShouldBeOfType<AppendResult.Appended>();
        (await ledger.ShouldBeSoundAsync()).Count.ShouldBe(before + 1);
    }

    [Fact]
    public async Task An_event_larger_than_a_leaf_may_be_is_refused_and_leaves_no_trace()
    {
        await using var ledger = await StartAsync();
        await ledger.OpenReleaseAsync("v1");
        var report = TestLedger.Report("v1", 1);
        var measurements = Enumerable.Range(0, 2000).Select(n => report.Report.Measurements[0] with { Name = $"custom_metric_number_{n}.avg" });
        var large = report with { Report = report.Report with { Measurements = [.. report.Report.Measurements, .. measurements] } };

        (await ledger.SubmitAsync(large)).ShouldBeOfType<AppendResult.Refused>().Refusal.Code.ShouldBe("event_too_large");
        await ledger.AppendAsync(report);
        await ledger.ShouldBeSoundAsync();
    }

    [Fact]
    public async Task A_clock_that_is_set_back_does_not_turn_the_log_s_time()
    {
        await using var ledger = await StartAsync();
        var clock = new SettableClock(DateTimeOffset.UtcNow.AddMinutes(5));
        await ledger.StopAsync();
        ledger.Clock = clock;
        await ledger.StartAsync();

        await ledger.OpenReleaseAsync("v1");
        foreach (var step in new[] { -1.0, -3600, 3600, -1, -7200 })
        {
            clock.Now = clock.Now.AddSeconds(step);
            await ledger.AppendAsync(TestLedger.Report("v1", 1));
        }

        await ledger.ShouldBeSoundAsync();
    }

    [Fact]
    public async Task A_restarted_server_goes_on_where_the_log_ends()
    {
        await using var ledger = await StartAsync();
        await ledger.OpenReleaseAsync("v1");
        foreach (var n in Enumerable.Range(0, 300)) await ledger.AppendAsync(TestLedger.Report("v1", n % 100));
        await ledger.StopAsync();
        await ledger.StartAsync();

        await ledger.AppendAsync(TestLedger.Report("v1", 7));
        (await ledger.SubmitAsync(TestLedger.Open("v1"))).ShouldBeOfType<AppendResult.Refused>();
        await ledger.ShouldBeSoundAsync();
    }

    [Fact]
    public async Task Two_nodes_on_one_log_and_one_stream_append_without_loss_or_gap()
    {
        await using var ledger = await StartAsync();
        await ledger.OpenReleaseAsync("v1");
        await using var other = await ledger.OpenNodeAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 200).Select(async n =>
        {
            await Task.Yield();
            return await ledger.SubmitAsync(TestLedger.Report("v1", n % 100), node: n % 2 == 0 ? other : null);
        }));

        results.ShouldAllBe(result => result is AppendResult.Appended);
        (await ledger.ShouldBeSoundAsync()).Count(stored => stored.Type == "gate_reported").ShouldBe(200);
    }

    [Fact]
    public async Task Of_two_nodes_that_open_one_release_at_once_one_is_refused()
    {
        await using var ledger = await StartAsync();
        await using var other = await ledger.OpenNodeAsync();
        for (var round = 0; round < 10; round++)
        {
            var results = await Task.WhenAll(
                ledger.SubmitAsync(TestLedger.Open($"r{round}")), ledger.SubmitAsync(TestLedger.Open($"r{round}"), node: other));
            results.Count(result => result is AppendResult.Appended).ShouldBe(1);
            results.OfType<AppendResult.Refused>().ShouldHaveSingleItem().Refusal.Code.ShouldBe("release_exists");
        }

        await ledger.ShouldBeSoundAsync();
    }

    [Fact]
    public async Task A_server_with_another_key_is_not_let_at_the_log()
    {
        await using var ledger = await StartAsync();
        using var stranger = SigningKey.Generate();
        (await Should.ThrowAsync<InvalidDataException>(() => ledger.OpenAsync("other", stranger))).Message.ShouldContain("not signed by this log's key");
    }

    private async Task<TestLedger> StartAsync() => await TestLedger.StartAsync(await postgres.CreateDatabaseAsync());

    private sealed class SettableClock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
