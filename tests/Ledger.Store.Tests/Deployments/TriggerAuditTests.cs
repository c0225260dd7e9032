using System.Text;
using Ledger.Integrity;
using Ledger.Store.Log;
using Ledger.Store.Log.Audit;
using Ledger.Store.Tests.Append;
using Ledger.Store.Tests.Embedded;
using Ledger.Store.Tests.Tokens;

namespace Ledger.Store.Tests.Deployments;

/// <summary>An audit computes every trigger again: one that somebody made up, changed or left out is named, though its leaf is right.</summary>
public sealed class TriggerAuditTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task A_trigger_is_there_exactly_where_the_measurements_come_to_it()
    {
        var clock = new TestClock();
        await using var ledger = new TestLedger(await postgres.CreateDatabaseAsync()) { Clock = clock };
        await ledger.StartAsync();
        await CanaryLedger.PublishAsync(ledger);
        await CanaryLedger.StartAsync(ledger, "v1");
        for (var i = 0; i < 8; i++)
        {
            clock.Move(TimeSpan.FromSeconds(10));
            await ledger.AppendAsync(CanaryLedger.Measure("v1", "redis.failures", clock.GetUtcNow(), 1));
        }

        var events = await ledger.EventsAsync();
        var fired = events.Single(stored => stored.Type == "rollback_triggered");
        Audit(ledger, events, stored => [stored]).ShouldBeEmpty();
        Audit(ledger, events, stored => stored == fired ? [Changed(fired, "within 5min", "within 9min")] : [stored]).ShouldBe(["trigger_differs"]);
        Audit(ledger, events, stored => stored == fired ? [] : [stored]).ShouldBe(["trigger_differs"]);
        Audit(ledger, [.. events.TakeWhile(stored => stored != fired)], stored => [stored]).ShouldBe(["trigger_differs"]);
        Audit(ledger, events, stored => stored == fired ? [fired, fired] : [stored]).ShouldBe(["trigger_differs"]);
    }

    private static StoredEvent Changed(StoredEvent stored, string from, string to) =>
        stored with { Data = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(stored.Data.Span).Replace(from, to, StringComparison.Ordinal)) };

    // The rows as they would be sealed: what is looked at here is what they say.
    private static IReadOnlyList<string> Audit(TestLedger ledger, IReadOnlyList<StoredEvent> events, Func<StoredEvent, IReadOnlyList<StoredEvent>> written)
    {
        var problems = new ProblemList();
        var audit = new StreamAudit(ledger.VerifierKey, problems);
        var (ends, sequence) = (new Dictionary<string, (long Version, Hash Leaf)>(), 0L);
        foreach (var stored in events.SelectMany(written))
        {
            var end = ends.TryGetValue(stored.Stream, out var known) ? known : default((long Version, Hash Leaf)?);
            var row = new AuditedRow();
            row.Begin(++sequence, default);
            (row.Stream, row.Version, row.Type, row.Data, row.Actor) = (stored.Stream, (end?.Version ?? 0) + 1, stored.Type, stored.Data, stored.Actor());
            (row.Microseconds, row.Prev, row.Leaf) = (0, end?.Leaf, Hash.Sha256(BitConverter.GetBytes(sequence)));
            ends[stored.Stream] = (row.Version, row.Leaf.Value);
            audit.Follow(row);
        }

        audit.End();
        return [.. problems.Listed.Select(problem => problem.Code)];
    }
}
