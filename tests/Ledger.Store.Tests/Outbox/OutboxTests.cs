using System.Collections.Concurrent;
using Ledger.Store.Outbox;
using Ledger.Store.Tests.Append;
using Ledger.Store.Tests.Embedded;
using Npgsql;
using Xunit.Abstractions;

namespace Ledger.Store.Tests.Outbox;

public sealed class OutboxTests(PostgresFixture postgres, ITestOutputHelper output) : IClassFixture<PostgresFixture>
{
    private static readonly OutboxReceiver Everything = new("everything", null, null, WaitsForDeadLetters: false);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    [Fact]
    public async Task A_receiver_that_is_new_starts_at_the_end_and_one_that_is_known_stays_where_it_was()
    {
        await using var ledger = await StartAsync();
        await ledger.OpenReleaseAsync("v1");
        var lease = await TakeAsync(ledger, Everything);
        (await FollowAsync(ledger, lease)).ShouldBe(0);

        await ledger.OpenReleaseAsync("v2");
        await ledger.Store.OutboxLeases.RegisterAsync([Everything.Name]);
        (await FollowAsync(ledger, lease)).ShouldBe(1);
        (await DueAsync(ledger, lease)).ShouldHaveSingleItem().Event.Stream.ShouldBe("release/shop/v2");
    }

    [Fact]
    public async Task What_a_node_writes_after_another_took_over_changes_nothing()
    {
        await using var ledger = await StartAsync();
        var old = await TakeAsync(ledger, Everything, TimeSpan.FromMilliseconds(50));
        await ledger.OpenReleaseAsync("v1");
        await FollowAsync(ledger, old);
        var delivery = (await DueAsync(ledger, old)).Single();
        (await ledger.Store.OutboxLeases.AcquireAsync(Everything, "soon", Long)).ShouldBeNull();
        await Task.Delay(80);
        var taken = (await ledger.Store.OutboxLeases.AcquireAsync(Everything, "other", Long)).ShouldNotBeNull();

        var failure = new OutboxFailure(Now, 500, "it answered 500");
        await ledger.OpenReleaseAsync("v2");
        (await ledger.Store.OutboxLeases.RenewAsync(old, Long)).ShouldBeFalse();
        (await FollowAsync(ledger, old)).ShouldBeNull();
        (await ledger.Store.OutboxDeliveries.DeliveredAsync(old, delivery, Now)).ShouldBeFalse();
        (await ledger.Store.OutboxDeliveries.PostponeAsync(old, delivery, failure, Now.AddHours(1))).ShouldBeFalse();
        (await ledger.Store.OutboxDeliveries.BuryAsync(old, delivery, failure)).ShouldBeFalse();
        await ledger.Store.OutboxDeliveries.ResumeAsync(old, Now);
        await ledger.Store.OutboxLeases.ReleaseAsync(old);

        (await ledger.Store.DeadLetters.ListAsync(Everything.Name, 0, 10)).ShouldBeEmpty();
        (await ledger.Store.OutboxStandings.ListAsync()).Single().Holder.ShouldBe("other");
        var still = (await DueAsync(ledger, taken)).Single();
        (still.Event.Id, still.Attempts, still.IsReplay).ShouldBe((delivery.Event.Id, 0, false));
        (await FollowAsync(ledger, taken)).ShouldBe(1);
    }

    [Fact]
    public async Task Only_what_is_wanted_is_due_and_the_rest_is_passed_by()
    {
        await using var ledger = await StartAsync();
        var attested = Everything with { Name = "attested", Events = ["gate_attested"], Services = ["shop"] };
        var elsewhere = Everything with { Name = "elsewhere", Services = ["other"] };
        var (lease, other) = (await TakeAsync(ledger, attested), await TakeAsync(ledger, elsewhere));
        await ledger.OpenReleaseAsync("v1");
        await ledger.AppendAsync(TestLedger.Attest("v1"));
        await ledger.AppendAsync(TestLedger.Report("v1", 100));
        await ledger.AppendAsync(TestLedger.Attest("v1", "again"));
        await ledger.PublishPolicyAsync("another");
        (await FollowAsync(ledger, lease)).ShouldBe(5);
        await FollowAsync(ledger, other);

        (await DrainAsync(ledger, lease)).Select(delivery => delivery.Event.Version).ShouldBe([2, 4]);
        (await DrainAsync(ledger, other)).ShouldBeEmpty();
        var standing = (await ledger.Store.OutboxStandings.ListAsync()).Single(each => each.Name == "attested");
        (standing.LagEvents, standing.Streams, standing.OldestAt, standing.LagSeconds(Now)).ShouldBe((0, 0, null, 0));
    }

    [Fact]
    public async Task A_stream_is_behind_while_it_is_retried_and_the_reason_is_there()
    {
        await using var ledger = await StartAsync();
        var lease = await TakeAsync(ledger, Everything);
        await ledger.OpenReleaseAsync("v1");
        await ledger.AppendAsync(TestLedger.Attest("v1"));
        await ledger.OpenReleaseAsync("v2");
        await FollowAsync(ledger, lease);
        var first = (await DueAsync(ledger, lease))[0];
        await ledger.Store.OutboxDeliveries.PostponeAsync(lease, first, new OutboxFailure(Now, 503, "it answered 503"), Now.AddMinutes(1));

        var due = await DueAsync(ledger, lease);
        due.ShouldHaveSingleItem().Event.Stream.ShouldBe("release/shop/v2");
        await ledger.Store.OutboxDeliveries.DeliveredAsync(lease, due[0], Now);
        (await DueAsync(ledger, lease)).ShouldBeEmpty();
        var standing = (await ledger.Store.OutboxStandings.ListAsync()).Single();
        (standing.LagEvents, standing.Retrying, standing.Problem, standing.Sequence).ShouldBe((3, 1, "it answered 503", first.Event.Sequence - 1));
        standing.LagSeconds(first.Event.At.AddSeconds(90)).ShouldBe(90, 0.001);
        (await DueAsync(ledger, lease, Now.AddMinutes(1))).Single().Attempts.ShouldBe(1);
    }

    [Fact]
    public async Task Streams_that_waited_go_on_once_the_receiver_does_not_want_that_any_more()
    {
        await using var ledger = await StartAsync();
        var waiting = Everything with { WaitsForDeadLetters = true };
        var lease = await TakeAsync(ledger, waiting);
        await ledger.OpenReleaseAsync("v1");
        await ledger.AppendAsync(TestLedger.Attest("v1"));
        await FollowAsync(ledger, lease);
        await ledger.Store.OutboxDeliveries.BuryAsync(lease, (await DueAsync(ledger, lease)).Single(), new OutboxFailure(Now, null, "no answer"));
        await ledger.Store.OutboxDeliveries.ResumeAsync(lease, Now);
        (await DueAsync(ledger, lease)).ShouldBeEmpty();
        await ledger.Store.OutboxLeases.ReleaseAsync(lease);

        lease = await TakeAsync(ledger, Everything);
        await ledger.Store.OutboxDeliveries.ResumeAsync(lease, Now);
        (await DrainAsync(ledger, lease)).Select(delivery => delivery.Event.Version).ShouldBe([1, 2]);
        (await ledger.Store.DeadLetters.ListAsync(Everything.Name, 0, 10)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Following_and_delivering_at_once_loses_nothing_and_repeats_nothing()
    {
        await using var ledger = await StartAsync();
        var lease = await TakeAsync(ledger, Everything);
        const int Releases = 6, Events = 60;
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var delivered = new ConcurrentDictionary<string, List<long>>();
        foreach (var n in Enumerable.Range(0, Releases)) await ledger.OpenReleaseAsync($"v{n}");
        var appending = Task.WhenAll(Enumerable.Range(0, Releases).Select(async n =>
        {
            for (var i = 1; i < Events; i++) await ledger.AppendAsync(TestLedger.Attest($"v{n}", $"{i}"));
        }));

        var busy = new Dictionary<string, Task>();
        while (delivered.Values.Sum(versions => versions.Count) < Releases * Events)
        {
            await FollowAsync(ledger, lease, random.Next(1, 20));
            foreach (var stream in busy.Where(entry => entry.Value.IsCompleted).Select(entry => entry.Key).ToList())
            {
                await busy[stream];
                busy.Remove(stream);
            }

            foreach (var delivery in await ledger.Store.OutboxDeliveries.DueAsync(lease, busy.Keys, 4, DateTimeOffset.MaxValue))
            {
                var versions = delivered.GetOrAdd(delivery.Event.Stream, _ => []);
                versions.Add(delivery.Event.Version);
                busy.Add(delivery.Event.Stream, Task.Run(async () => (await ledger.Store.OutboxDeliveries.DeliveredAsync(lease, delivery, Now)).ShouldBeTrue()));
            }
        }

        await appending;
        await Task.WhenAll(busy.Values);
        delivered.Count.ShouldBe(Releases);
        delivered.Values.ShouldAllBe(versions => versions.SequenceEqual(Enumerable.Range(1, Events).Select(n => (long)n)));
        (await ledger.AskAsync<long>("select count(*) from ledger_outbox_streams")).ShouldBe(0);
        (await ledger.Store.OutboxStandings.ListAsync()).Single().LagEvents.ShouldBe(0);
    }

    [Theory]
    [InlineData("delete from ledger_outbox_receivers")]
    [InlineData("update ledger_outbox_receivers set name = 'other'")]
    [InlineData("truncate ledger_outbox_dead_letters")]
    [InlineData("update ledger_outbox_dead_letters set sequence = 1")]
    [InlineData("update ledger_outbox_streams set stream_id = 'x'")]
    public async Task The_server_s_role_may_do_no_more_than_it_needs(string sql)
    {
        await using var ledger = await StartAsync();
        await using var connection = await ledger.Owner.OpenConnectionAsync();
        await using var role = new NpgsqlCommand("set role ledger_app", connection);
        await role.ExecuteNonQueryAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        (await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        await using var reset = new NpgsqlCommand("reset role", connection);
        await reset.ExecuteNonQueryAsync();
    }

    private async Task<TestLedger> StartAsync() => await TestLedger.StartAsync(await postgres.CreateDatabaseAsync());

    private static async Task<OutboxLease> TakeAsync(TestLedger ledger, OutboxReceiver receiver, TimeSpan? duration = null)
    {
        await ledger.Store.OutboxLeases.RegisterAsync([receiver.Name]);
        return (await ledger.Store.OutboxLeases.AcquireAsync(receiver, "test", duration ?? Long)).ShouldNotBeNull();
    }

    private static Task<long?> FollowAsync(TestLedger ledger, OutboxLease lease, int limit = 1000) => ledger.Store.OutboxDeliveries.FollowAsync(lease, limit, Now);

    private static Task<IReadOnlyList<OutboxDelivery>> DueAsync(TestLedger ledger, OutboxLease lease, DateTimeOffset? now = null) =>
        ledger.Store.OutboxDeliveries.DueAsync(lease, [], 10, now ?? Now);

    private static async Task<List<OutboxDelivery>> DrainAsync(TestLedger ledger, OutboxLease lease)
    {
        var drained = new List<OutboxDelivery>();
        while (await DueAsync(ledger, lease) is [var delivery, ..])
        {
            drained.Add(delivery);
            await ledger.Store.OutboxDeliveries.DeliveredAsync(lease, delivery, Now);
        }

        return drained;
    }
}
