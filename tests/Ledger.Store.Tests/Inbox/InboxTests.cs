using Ledger.Domain;
using Ledger.Domain.Events;
using Ledger.Domain.ExternalEvents;
using Ledger.Domain.Releases;
using Ledger.Integrity;
using Ledger.Store.Append;
using Ledger.Store.Tests.Append;
using Ledger.Store.Tests.Embedded;

namespace Ledger.Store.Tests.Inbox;

/// <summary>Events that fit no release: a stream a source, found by what is projected of them, audited like everything else.</summary>
public sealed class InboxTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly byte[] Bytes = "{}"u8.ToArray();

    [Fact]
    public async Task They_are_listed_in_order_until_they_are_assigned_and_found_by_name_ever_after()
    {
        await using var ledger = await StartAsync();
        var one = await ReceiveAsync(ledger, "/ci", "1");
        var two = await ReceiveAsync(ledger, "/cd", "1");
        var three = await ReceiveAsync(ledger, "/ci", "2");
        (await UnassignedAsync(ledger, 0, 10)).ShouldBe([one, two, three]);
        (await UnassignedAsync(ledger, one, 1)).ShouldBe([two]);

        var placed = await ledger.OpenReleaseAsync("v1");
        await AssignAsync(ledger, "/ci", new EventReference(one, 1), new EventReference(placed.Sequence, 1));
        (await UnassignedAsync(ledger, 0, 10)).ShouldBe([two, three]);
        var named = (await ledger.Store.Inbox.NamedAsync("/ci", "1", 0, 10)).ShouldHaveSingleItem();
        (named.Stored.Sequence, named.Stored.Stream, named.IsAssigned).ShouldBe((one, "inbox//ci", true));
        (await ledger.Store.Inbox.NamedAsync("/ci", "3", 0, 10)).ShouldBeEmpty();
        await ShouldPassAsync(ledger);
    }

    [Fact]
    public async Task A_source_goes_on_from_its_last_event_alone_on_another_node_and_after_a_restart()
    {
        await using var ledger = await StartAsync();
        for (var i = 0; i < 5; i++) await ReceiveAsync(ledger, "/ci", $"{i}");
        await ledger.StopAsync();
        await ledger.StartAsync();
        var sixth = await ReceiveAsync(ledger, "/ci", "5");
        var placed = await ledger.OpenReleaseAsync("v1");
        await AssignAsync(ledger, "/ci", new EventReference(sixth, 6), new EventReference(placed.Sequence, 1));
        await ledger.StopAsync();
        await ledger.StartAsync();
        (await ReceiveAsync(ledger, "/ci", "6")).ShouldBeGreaterThan(sixth);
        (await ledger.EventsAsync()).Where(stored => stored.Stream == "inbox//ci").Select(stored => stored.Version).ShouldBe(Enumerable.Range(1, 8).Select(n => (long)n));
        await ShouldPassAsync(ledger);
    }

    [Fact]
    public async Task One_key_is_one_event_and_tells_its_first_answer()
    {
        await using var ledger = await StartAsync();
        var key = TestLedger.Key("1", "content");
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => ledger.Store.SubmitAsync(Receive("/ci", "1", key))));
        var sequences = answers.Select(answer => answer.ShouldBeOfType<AppendResult.Appended>().Receipt.Sequence).Distinct().ToList();
        (await ledger.Store.FindAsync(key))!.Receipt.Sequence.ShouldBe(sequences.ShouldHaveSingleItem());
        (await ledger.Store.FindAsync(TestLedger.Key("1", "other"))).ShouldBeNull();
        (await ledger.Store.FindAsync(TestLedger.Key("2", "content"))).ShouldBeNull();
    }

    [Theory]
    [InlineData("delete from ledger_inbox where id = '1'", "inbox_event_missing")]
    [InlineData("insert into ledger_inbox (sequence, stream_id, id, kind) values (1, 'inbox//ci', '9', 't')", "inbox_event_unexpected")]
    [InlineData("update ledger_inbox set assigned = 3 where id = '2'", "inbox_event_differs")]
    [InlineData("update ledger_inbox set assigned = null where id = '1'", "inbox_event_differs")]
    [InlineData("update ledger_inbox set kind = 'other' where id = '2'", "inbox_event_differs")]
    [InlineData("drop table ledger_inbox", "inbox_missing")]
    public async Task An_audit_holds_the_list_against_the_events(string sql, string code)
    {
        await using var ledger = await StartAsync();
        var one = await ReceiveAsync(ledger, "/ci", "1");
        await ReceiveAsync(ledger, "/ci", "2");
        var placed = await ledger.OpenReleaseAsync("v1");
        await AssignAsync(ledger, "/ci", new EventReference(one, 1), new EventReference(placed.Sequence, 1));
        await ShouldPassAsync(ledger);
        await ledger.ExecuteAsync(sql);
        (await ledger.Store.Auditor.RunAsync()).Problems.Select(problem => problem.Code).ShouldBe([code]);
    }

    [Fact]
    public async Task An_audit_finds_what_was_assigned_to_nothing()
    {
        await using var ledger = await StartAsync();
        var one = await ReceiveAsync(ledger, "/ci", "1");
        await AssignAsync(ledger, "/ci", new EventReference(one, 1), new EventReference(one, 7));
        (await ledger.Store.Auditor.RunAsync()).Problems.Select(problem => problem.Code).ShouldBe(["event_inconsistent"]);
    }

    [Fact]
    public async Task The_servers_role_adds_to_the_list_and_changes_nothing_of_it_but_what_is_assigned()
    {
        await using var ledger = await StartAsync();
        foreach (var (privilege, allowed) in new[] { ("SELECT", true), ("INSERT", true), ("UPDATE", false), ("DELETE", false), ("TRUNCATE", false) })
            (await ledger.AskAsync<bool>($"select has_table_privilege('ledger_app', 'ledger_inbox', '{privilege}')")).ShouldBe(allowed, privilege);
        foreach (var (column, allowed) in new[] { ("assigned", true), ("sequence", false), ("stream_id", false), ("id", false), ("kind", false) })
            (await ledger.AskAsync<bool>($"select has_column_privilege('ledger_app', 'ledger_inbox', '{column}', 'UPDATE')")).ShouldBe(allowed, column);
    }

    private async Task<TestLedger> StartAsync() => await TestLedger.StartAsync(await postgres.CreateDatabaseAsync());

    private static async Task ShouldPassAsync(TestLedger ledger)
    {
        await ledger.ShouldBeSoundAsync();
        (await ledger.Store.Auditor.RunAsync()).Problems.ShouldBeEmpty();
    }

    private static async Task<IReadOnlyList<long>> UnassignedAsync(TestLedger ledger, long after, int limit) =>
        [.. (await ledger.Store.Inbox.UnassignedAsync(after, limit)).Select(entry => entry.Stored.Sequence)];

    private static async Task<long> ReceiveAsync(TestLedger ledger, string source, string id) =>
        (await ledger.Store.SubmitAsync(Receive(source, id))).ShouldBeOfType<AppendResult.Appended>().Sequence;

    /// <summary>What a node is asked that is to keep such an event.</summary>
    internal static Submission Receive(string source, string id, IdempotencyKey? key = null)
    {
        var digest = Hash.Sha256(Bytes);
        var received = new InboxEvent.Received(source, id, "t", new Evidence(Digest.Of(digest.Bytes), Bytes.Length, "application/json"), 0, "no release");
        return new Submission(TestLedger.Admin, new InboxCommand.Receive(received), key, new EvidenceBytes(digest, "application/json", Bytes));
    }

    private static Task<AppendResult.Appended> AssignAsync(TestLedger ledger, string source, EventReference received, EventReference placed) =>
        ledger.AppendAsync(new InboxCommand.Assign(source, received, TestLedger.Release("v1"), placed));
}
