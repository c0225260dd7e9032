using Ledger.Store.Append;
using Ledger.Store.Tests.Embedded;

namespace Ledger.Store.Tests.Append;

public sealed class IdempotencyTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task The_same_key_a_hundred_times_at_once_appends_once_and_everybody_gets_the_same_receipt()
    {
        await using var ledger = await StartAsync();
        var results = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => ledger.SubmitAsync(TestLedger.Attest("v1"), TestLedger.Key("k", "attest"))));

        var receipts = results.Select(result => result.ShouldBeOfType<AppendResult.Appended>()).ToList();
        receipts.Select(appended => appended.Receipt).Distinct().ShouldHaveSingleItem();
        receipts.Count(appended => !appended.Replayed).ShouldBe(1);
        (await ledger.ShouldBeSoundAsync()).Count(stored => stored.Type == "gate_attested").ShouldBe(1);
    }

    [Fact]
    public async Task The_first_answer_is_given_again_after_a_restart_and_by_another_node()
    {
        await using var ledger = await StartAsync();
        var key = TestLedger.Key("k", "attest");
        var first = await ledger.AppendAsync(TestLedger.Attest("v1"), key);
        foreach (var n in Enumerable.Range(0, 40)) await ledger.AppendAsync(TestLedger.Report("v1", n));
        await ledger.StopAsync();
        await ledger.StartAsync();
        await using var other = await ledger.OpenNodeAsync();

        (await ledger.AppendAsync(TestLedger.Attest("v1"), key)).ShouldBe(first with { Replayed = true, Release = null, Events = [] });
        (await ledger.SubmitAsync(TestLedger.Attest("v1"), key, other)).ShouldBe(first with { Replayed = true, Release = null, Events = [] });
    }

    [Fact]
    public async Task The_same_key_with_other_content_is_refused_at_once_and_later()
    {
        await using var ledger = await StartAsync();
        var results = await Task.WhenAll(
            ledger.SubmitAsync(TestLedger.Attest("v1", "one"), TestLedger.Key("k", "one")),
            ledger.SubmitAsync(TestLedger.Attest("v1", "two"), TestLedger.Key("k", "two")));
        results.OfType<AppendResult.Refused>().ShouldHaveSingleItem().Refusal.Code.ShouldBe("idempotency_key_reused");

        (await ledger.SubmitAsync(TestLedger.Attest("v1", "three"), TestLedger.Key("k", "three")))
            .ShouldBeOfType<AppendResult.Refused>().Refusal.Code.ShouldBe("idempotency_key_reused");
        (await ledger.EventsAsync()).Count(stored => stored.Type == "gate_attested").ShouldBe(1);
    }

    [Fact]
    public async Task A_refused_command_does_not_use_its_key_up()
    {
        await using var ledger = await StartAsync();
        var key = TestLedger.Key("k", "report");
        (await ledger.SubmitAsync(TestLedger.Report("v2", 1), key)).ShouldBeOfType<AppendResult.Refused>();
        await ledger.OpenReleaseAsync("v2");
        await ledger.AppendAsync(TestLedger.Report("v2", 1), key);
    }

    [Fact]
    public async Task Two_callers_with_the_same_key_do_not_meet()
    {
        await using var ledger = await StartAsync();
        var mine = IdempotencyKey.Of("me", "k", "a"u8);
        var yours = IdempotencyKey.Of("you", "k", "b"u8);
        await ledger.AppendAsync(TestLedger.Attest("v1"), mine);
        (await ledger.AppendAsync(TestLedger.Attest("v1"), yours)).Replayed.ShouldBeFalse();
    }

    private async Task<TestLedger> StartAsync()
    {
        var ledger = await TestLedger.StartAsync(await postgres.CreateDatabaseAsync());
        await ledger.OpenReleaseAsync("v1");
        return ledger;
    }
}
