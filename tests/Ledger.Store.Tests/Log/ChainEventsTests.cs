using System.Collections.Concurrent;
using System.Diagnostics;
using Ledger.Integrity;
using Ledger.Store.Log;
using Ledger.Store.Releases;
using Npgsql;

namespace Ledger.Store.Tests.Log;

/// <summary>What sign-off chains are verified from: in one statement, and by digests that say the same whoever makes them.</summary>
public sealed class ChainEventsTests : IAsyncLifetime
{
    private static readonly string[] Signed = [.. Enumerable.Range(100, 5).Select(number => TestLedger.Release("signed", number).StreamKey)];
    private readonly TestLedger _ledger = new();

    public async Task InitializeAsync()
    {
        await _ledger.InitializeAsync();
        await _ledger.FillAsync();

        // So many that the sign-offs lie in tiles that are full.
        await Task.WhenAll(Enumerable.Range(0, 600).Select(number => _ledger.OpenAsync(TestLedger.Release("later", number))));
    }

    public Task DisposeAsync() => _ledger.DisposeAsync();

    [Fact]
    public async Task Everything_comes_in_one_statement_with_the_tiles_that_prove_it()
    {
        using var log = new LogReads(_ledger.Database);
        await log.FollowAsync();
        IReadOnlyList<StoredEvent> events = [];
        List<(long, Hash)> claims = [];
        IReadOnlyDictionary<long, bool> found = new Dictionary<long, bool>();
        var statements = await StatementsAsync(async () =>
        {
            events = await log.ChainEventsAsync(Signed, proved: []);
            claims = [.. events.Where(stored => !stored.Stream.StartsWith("release/", StringComparison.Ordinal) || stored.Type == "signed_off").Select(stored => (stored.Sequence - 1, stored.LeafHash()))];
            found = await log.ContainsAsync(claims);
        });
        statements.Length.ShouldBe(1, string.Join("\n\n", statements));
        claims.Count.ShouldBeGreaterThan(Signed.Length * 2);
        found.Count.ShouldBe(claims.Count);
        found.Values.ShouldAllBe(isThere => isThere);
        events.Select(stored => stored.Sequence).ShouldBeInOrder();
        events.Select(stored => stored.Stream).Distinct().Order().ShouldBe([.. Signed.Append("policy/signed").Append("signer/deputy").Append("signer/lead").Order()]);

        // Of what is proved already no tile comes.
        (await log.ChainEventsAsync(Signed, proved: [.. events.Select(stored => stored.Sequence)])).Count.ShouldBe(events.Count);
        (await log.ChainEventsAsync(Signed)).Count.ShouldBe(events.Count);
    }

    [Fact]
    public async Task PostgreSQL_and_the_reader_come_to_the_same_digests_now_and_as_of_any_time()
    {
        using var log = new LogReads(_ledger.Database);
        var all = await log.ChainEventsAsync(Signed);
        var middle = all[all.Count / 2];
        foreach (var asOf in new AsOf?[] { null, new AsOf.Leaf(middle.Sequence - 1), new AsOf.Time(middle.At) })
        {
            var made = await log.ChainDigestsAsync(Signed, asOf);
            made.Count.ShouldBeGreaterThan(2);
            made.OrderBy(entry => entry.Key, StringComparer.Ordinal).ShouldBe(LogReads.ChainDigests(await log.ChainEventsAsync(Signed, asOf)).OrderBy(entry => entry.Key, StringComparer.Ordinal));
        }
    }

    [Theory]
    [InlineData("data = jsonb_set(data, '{meaning}', '\"something else\"')")]
    [InlineData("headers = jsonb_set(headers, '{actor,id}', '\"somebody else\"')")]
    [InlineData("timestamp = timestamp + interval '1 microsecond'")]
    [InlineData("id = gen_random_uuid()")]
    [InlineData("type = 'sign_off_withdrawn'")]
    [InlineData("version = 99")]
    public async Task A_row_that_was_changed_has_another_digest(string change)
    {
        using var log = new LogReads(_ledger.Database);
        var before = await log.ChainDigestsAsync(Signed);
        await using (var connection = await _ledger.Database.OpenConnectionAsync())
        {
            await using var tamper = new NpgsqlCommand(
                $"set session_replication_role = replica; update mt_events set {change} where stream_id = '{Signed[0]}' and type = 'signed_off' and version = 2; set session_replication_role = origin", connection);
            await tamper.ExecuteNonQueryAsync();
        }

        var after = await log.ChainDigestsAsync(Signed);
        before.Keys.Where(stream => before[stream] != after.GetValueOrDefault(stream)).ShouldBe([Signed[0]]);
        LogReads.ChainDigests(await log.ChainEventsAsync(Signed))[Signed[0]].ShouldBe(after[Signed[0]]);
    }

    [Fact]
    public void A_memo_forgets_what_was_asked_for_longest_ago()
    {
        var memo = new BoundedMemo<int, string>(10);
        for (var i = 0; i < 10; i++) memo.Keep(i, $"{i}", 1);
        memo.TryGet(0, out _).ShouldBeTrue();
        memo.Keep(10, "10", 1);
        (memo.Has(0), memo.Has(1), memo.Has(2), memo.Has(10)).ShouldBe((true, false, true, true));
        memo.Keep(0, "zero", 9);
        memo.TryGet(0, out var zero).ShouldBeTrue();
        (zero, memo.Has(9), memo.Has(10)).ShouldBe(("zero", false, true));
        memo.Keep(11, "too much", 11);
        (memo.Has(11), memo.Has(0)).ShouldBe((false, true));
    }

    private static async Task<string[]> StatementsAsync(Func<Task> read)
    {
        var statements = new ConcurrentQueue<string>();
        using var outer = new Activity("statements").Start();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (activity.TraceId == outer.TraceId) statements.Enqueue(string.Join("; ", activity.TagObjects.Select(tag => tag.Value)));
            },
        };
        ActivitySource.AddActivityListener(listener);
        await read();
        return [.. statements.Where(statement => statement.Contains("select", StringComparison.Ordinal))];
    }
}
