using System.Collections.Concurrent;
using System.Diagnostics;
using Ledger.Store.Append;
using Ledger.Store.Embedded;
using Ledger.Store.Tests.Embedded;
using Npgsql;
using Xunit.Abstractions;

namespace Ledger.Store.Tests.Append;

/// <summary>Connections cut and PostgreSQL killed under load: what was acknowledged is there once, the rest is settled by its key.</summary>
public sealed class FaultTests(PostgresFixture postgres, ITestOutputHelper output) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Connections_cut_under_load_lose_nothing_acknowledged_and_repeat_nothing()
    {
        await using var ledger = await TestLedger.StartAsync(await postgres.CreateDatabaseAsync());
        await UnderLoadAsync(ledger, async () =>
        {
            for (var cut = 0; cut < 12; cut++)
            {
                await Task.Delay(40);
                await ledger.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'ledger' and datname = current_database()");
            }
        });
    }

    [Fact]
    public async Task PostgreSQL_killed_under_load_loses_nothing_acknowledged_and_repeats_nothing()
    {
        using var folder = new ScratchFolder();
        await using var cluster = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataDirectory = folder.Path });
        await using var ledger = await TestLedger.StartAsync(cluster.ConnectionString);
        await UnderLoadAsync(ledger, async () =>
        {
            for (var kill = 0; kill < 3; kill++)
            {
                await Task.Delay(300);
                var before = cluster.Restarts;
                Process.GetProcessById(cluster.ProcessId).Kill();
                while (cluster.Restarts == before) await Task.Delay(20);
            }
        });
    }

    [Fact]
    public async Task Without_PostgreSQL_a_submission_is_answered_as_unavailable_and_the_next_succeeds_when_it_is_back()
    {
        using var folder = new ScratchFolder();
        await using var cluster = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataDirectory = folder.Path });
        await using var ledger = await TestLedger.StartAsync(cluster.ConnectionString);
        await ledger.OpenReleaseAsync("v1");
        Process.GetProcessById(cluster.ProcessId).Kill();

        var key = TestLedger.Key("k", "report");
        var answers = new List<AppendResult>();
        do answers.Add(await ledger.SubmitAsync(TestLedger.Report("v1", 1), key)); while (answers[^1] is not AppendResult.Appended && answers.Count < 10_000);

        answers[^1].ShouldBeOfType<AppendResult.Appended>();
        answers.SkipLast(1).ShouldAllBe(answer => answer is AppendResult.Unavailable);
        (await EventuallyAsync(ledger.ShouldBeSoundAsync)).Count(stored => stored.Type == "gate_reported").ShouldBe(1);
    }

    [Fact]
    public async Task A_full_disk_in_the_middle_of_a_commit_writes_nothing_of_it()
    {
        await using var ledger = await TestLedger.StartAsync(await postgres.CreateDatabaseAsync());
        await ledger.OpenReleaseAsync("v1");
        await ledger.ExecuteAsync(
            """
            create function full_disk() returns trigger language plpgsql as $$ begin raise exception 'no space left' using errcode = '53100'; end $$;
            create trigger full_disk before insert on ledger_gates for each statement execute function full_disk();
            """);
        (await ledger.SubmitAsync(TestLedger.Report("v1", 1))).ShouldBe(new AppendResult.Unavailable(OutcomeUnknown: false));

        await ledger.ExecuteAsync("drop trigger full_disk on ledger_gates");
        await ledger.AppendAsync(TestLedger.Report("v1", 1));
        (await ledger.ShouldBeSoundAsync()).Count(stored => stored.Type == "gate_reported").ShouldBe(1);
    }

    private async Task UnderLoadAsync(TestLedger ledger, Func<Task> fault)
    {
        const int Callers = 24;
        foreach (var caller in Enumerable.Range(0, Callers)) await ledger.OpenReleaseAsync($"v{caller}");

        // The journal of what callers were told, by key.
        var journal = new ConcurrentDictionary<string, string>();
        using var stop = new CancellationTokenSource();
        var load = Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            for (var n = 0; !stop.IsCancellationRequested; n++)
            {
                var note = $"{caller}-{n}";
                var result = await ledger.SubmitAsync(TestLedger.Attest($"v{caller}", note), TestLedger.Key(note, note));
                journal[note] = result switch
                {
                    AppendResult.Appended => "ok",
                    AppendResult.Unavailable { OutcomeUnknown: true } => "unknown",
                    AppendResult.Unavailable => "not appended",
                    _ => result.ToString(),
                };
                if (result is not AppendResult.Appended) await Task.Delay(5);
            }
        })).ToArray();
        await fault();
        await Task.Delay(200);
        await stop.CancelAsync();
        await Task.WhenAll(load);
        output.WriteLine(string.Join(", ", journal.Values.GroupBy(outcome => outcome).Select(group => $"{group.Count()} {group.Key}")));
        journal.Values.ShouldContain("ok");
        journal.Values.Except(["ok", "unknown", "not appended"]).ShouldBeEmpty();

        // While a killed server recovers, reading is refused too.
        var events = await EventuallyAsync(ledger.ShouldBeSoundAsync);
        var notes = events.Where(stored => stored.Type == "gate_attested")
            .GroupBy(stored => System.Text.Json.JsonDocument.Parse(stored.Data).RootElement.GetProperty("note").GetString()!)
            .ToDictionary(group => group.Key, group => group.Count());
        notes.Values.ShouldAllBe(count => count == 1);
        foreach (var (note, outcome) in journal)
        {
            if (outcome == "ok") notes.ShouldContainKey(note);
            if (outcome == "not appended") notes.ShouldNotContainKey(note);
        }

        // A repetition with its key settles what was unknown, exactly once.
        foreach (var note in journal.Where(entry => entry.Value == "unknown").Select(entry => entry.Key))
        {
            var again = await ledger.AppendAsync(TestLedger.Attest($"v{note.Split('-')[0]}", note), TestLedger.Key(note, note));
            again.Replayed.ShouldBe(notes.ContainsKey(note));
        }

        await ledger.ShouldBeSoundAsync();
    }

    private static async Task<T> EventuallyAsync<T>(Func<Task<T>> ask)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await ask();
            }
            catch (NpgsqlException) when (attempt < 200)
            {
                await Task.Delay(50);
            }
        }
    }
}
