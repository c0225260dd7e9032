using Ledger.Domain;
using Ledger.Domain.Actors;
using Ledger.Domain.Releases;
using Ledger.Integrity;
using Ledger.Store.Append;
using Ledger.Store.Log;
using Ledger.Store.Releases;
using Ledger.Store.Tests.Embedded;
using Ledger.Store.Tests.Inbox;
using Npgsql;

namespace Ledger.Store.Tests.Log;

/// <summary>A few events among many are found by blocks of the log, whoever wrote these down: against the whole log in memory.</summary>
public sealed class EventPlacesTests(EventPlacesTests.ManyEvents events) : IClassFixture<EventPlacesTests.ManyEvents>
{
    [Fact]
    public async Task What_is_written_with_the_events_is_what_they_bring()
    {
        const string Difference =
            """
            with brought as (select * from ledger_event_places_of(0, (select size / 1024 from ledger_head) - 1)), stored as (select kind, value, block, places from ledger_event_places)
            select (select count(*) from (select * from brought except select * from stored) missing) + (select count(*) from (select * from stored except select * from brought) added)
            """;
        (await events.Ledger.AskAsync<long>(Difference)).ShouldBe(0);
        (await events.Ledger.AskAsync<long>("select count(*) from ledger_event_places where kind = 'all'")).ShouldBe(events.All.Count / 1024);
        (await events.Ledger.Store.Auditor.RunAsync()).Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_filter_paged_either_way_is_what_the_naive_list_says()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var round = 0; round < 60; round++)
        {
            var filter = Filter(random);
            var descending = random.Next(2) == 0;
            var kept = events.All.Where(stored => Keeps(filter, stored)).Select(stored => stored.Sequence).ToList();
            if (descending) kept.Reverse();
            var because = $"seed {seed}, round {round}: {filter}, types {string.Join(' ', filter.Types)}, services {string.Join(' ', filter.Services ?? [])}, descending {descending}";

            (await events.Ledger.Store.Events.CountAsync(filter)).ShouldBe(kept.Count, because);
            (await PagesAsync(filter, descending, random.Next(1, 400))).ShouldBe(kept, because);

            // Between two places.
            if (kept.Count < 3) continue;
            var (from, to) = (random.Next(kept.Count), random.Next(kept.Count));
            if (from > to) (from, to) = (to, from);
            var between = await events.Ledger.Store.Events.PageAsync(filter, new EventPlace(kept[from], 0), new EventPlace(kept[to], 0), descending, EventReads.LimitMax);
            between.Events.Select(stored => stored.Sequence).ShouldBe(kept.Skip(from + 1).Take(to - from - 1).Take(EventReads.LimitMax), because);
        }
    }

    [Theory]
    [InlineData("delete from ledger_event_places where kind = 'type' and value = 'release_closed'", "event_places_differ")]
    [InlineData("delete from ledger_event_places where block = 1", "event_places_missing")]
    [InlineData("update ledger_event_places set places = set_bit(places, 7, 1 - get_bit(places, 7)) where kind = 'actor' and block = 0", "event_places_differ")]
    [InlineData("insert into ledger_event_places (kind, value, block, places) select 'actor', 'nobody', 0, places from ledger_event_places where kind = 'all' and block = 0", "event_places_differ")]
    [InlineData("insert into ledger_event_places (kind, value, block, places) select 'all', '', 1000, places from ledger_event_places where kind = 'all' and block = 0", "event_places_differ")]
    [InlineData("drop table ledger_event_places", "event_places_missing", "trigger_missing")]
    [InlineData("alter table mt_events disable trigger ledger_event_places", "trigger_disabled")]
    [InlineData("grant delete on ledger_event_places to ledger_app", "grant_excessive")]
    [InlineData("create or replace function ledger_service_of(stream_id text) returns text language sql immutable as $$ select 'none' $$", "function_changed")]
    [InlineData("drop function ledger_find_events", "function_missing")]
    public async Task An_audit_finds_what_would_hide_events_or_invent_them(string sql, params string[] codes)
    {
        await using var connection = await events.Ledger.Owner.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var change = new NpgsqlCommand($"set local session_replication_role = replica; {sql}; set local session_replication_role = origin", connection);
        await change.ExecuteNonQueryAsync();

        var report = await events.Ledger.Store.Auditor.RunAsync(connection, null, CancellationToken.None, isInTransaction: true);

        report.Sound.ShouldBeFalse();
        report.Problems.Select(problem => problem.Code).Distinct().ShouldBe(codes, ignoreOrder: true);
    }

    private async Task<List<long>> PagesAsync(EventFilter filter, bool descending, int limit)
    {
        var found = new List<long>();
        for (EventPlace? after = null; ;)
        {
            var page = await events.Ledger.Store.Events.PageAsync(filter, after, null, descending, limit);
            found.AddRange(page.Events.Select(stored => stored.Sequence));
            if (page.Next is null) return found;
            page.Events.Count.ShouldBe(limit);
            after = page.Next;
        }
    }

    private EventFilter Filter(Random random)
    {
        var (one, other) = (events.All[random.Next(events.All.Count)], events.All[random.Next(events.All.Count)]);
        return new EventFilter
        {
            Types = random.Next(4) switch { 0 => [], 1 => [one.Type], 2 => ["release_closed"], _ => [one.Type, "policy_published", "never"] },
            Actor = random.Next(3) switch { 0 => other.Actor().Id, 1 when random.Next(3) == 0 => "nobody", _ => null },
            Services = random.Next(4) switch { 0 => [ManyEvents.ServiceOf(one) ?? "none"], 1 => ["s1", "s3", "s5", "none"], 2 when random.Next(3) == 0 => [], _ => null },
            From = random.Next(4) == 0 ? one.At : null,
            To = random.Next(4) == 0 ? other.At : null,
            AsOf = random.Next(6) switch { 0 => new AsOf.Leaf(other.Sequence - 1), 1 => new AsOf.Time(one.At), _ => null },
        };
    }

    private static bool Keeps(EventFilter filter, StoredEvent stored) => filter.Accepts(stored)
        && (filter.From is null || stored.At >= filter.From) && (filter.To is null || stored.At < filter.To)
        && filter.AsOf switch { AsOf.Leaf leaf => stored.Sequence <= leaf.Index + 1, AsOf.Time time => stored.At <= time.At, _ => true };

    /// <summary>Some four thousand events by several actors, written by a node, by the same one started anew in the middle of a block, and by two in turn.</summary>
    public sealed class ManyEvents : IAsyncLifetime
    {
        private static readonly Actor[] Actors = [.. Enumerable.Range(0, 7).Select(i => new Actor($"actor-{i}", Role.Admin))];

        private readonly PostgresFixture _postgres = new();
        private readonly List<ReleaseId> _releases = [.. Enumerable.Range(0, 24).Select(i => ReleaseId.TryCreate($"s{i % 6}", $"v{i}")!)];

        internal Append.TestLedger Ledger { get; private set; } = null!;

        internal IReadOnlyList<StoredEvent> All { get; private set; } = [];

        public static string? ServiceOf(StoredEvent stored) => ReleaseId.FromStreamKey(stored.Stream)?.Service;

        public async Task InitializeAsync()
        {
            await _postgres.InitializeAsync();
            Ledger = new Append.TestLedger(_postgres.ConnectionString) { AppConnectionString = _postgres.ConnectionString };
            await Ledger.StartAsync();
            await Ledger.PublishPolicyAsync();
            foreach (var release in _releases) await AppendAsync(Ledger.Store, 0, new ReleaseCommand.Open(release, "shop", "98ee13c0aa11", [new Artifact("app", Digest.Of(Hash.Sha256("app"u8).Bytes))], "production"));
            await AppendManyAsync(1_300, Ledger.Store);
            await CloseAsync(0);
            await Ledger.StopAsync();
            await Ledger.StartAsync();
            await AppendManyAsync(900, Ledger.Store);
            await CloseAsync(1);
            await using var other = await Ledger.OpenNodeAsync();
            await AppendManyAsync(1_900, Ledger.Store, other);
            await CloseAsync(2);
            All = await Ledger.EventsAsync();
        }

        public async Task DisposeAsync()
        {
            await Ledger.DisposeAsync();
            await _postgres.DisposeAsync();
        }

        private Task CloseAsync(int release) => AppendAsync(Ledger.Store, 6, new ReleaseCommand.Close(_releases[release], CloseOutcome.Abandoned, "enough"));

        // The first releases are closed on the way, and the first actors do most.
        private Task AppendManyAsync(int count, params LedgerStore[] nodes) => Task.WhenAll(Enumerable.Range(0, 12).Select(caller => Task.Run(async () =>
        {
            for (var i = caller; i < count; i += 12)
            {
                // Some are of no release, and not for everybody.
                if (i % 50 == caller) (await nodes[i % nodes.Length].SubmitAsync(InboxTests.Receive("/ci", $"{i}"))).ShouldBeOfType<AppendResult.Appended>();
                await AppendAsync(nodes[i % nodes.Length], caller % 5, new ReleaseCommand.AttestGate(_releases[3 + caller], "ready", [], true, $"seen {i}", SupersedeReason: "again"));
            }
        })));

        private static async Task AppendAsync(LedgerStore node, int actor, LedgerCommand command) =>
            (await node.SubmitAsync(new Submission(Actors[actor], command))).ShouldBeOfType<AppendResult.Appended>();
    }
}
