using System.Text.Json;

namespace Ledger.EndToEnd;

/// <summary>cpt-ajan v5.7.1 from open to close, and the three ways it would have gone back, replayed into a sandbox with times of their own.</summary>
public sealed class CptAjanStoryTests
{
    private const string Released = "cpt-ajan/v5.7.1";

    [Fact]
    public async Task The_release_is_told_from_open_to_close_and_a_second_replay_appends_nothing()
    {
        await using var ledger = await StartAsync();
        await ReplayAsync(ledger, "replay");

        var status = (await ledger.RunAsync("release", "status", Released)).Output;
        status.ShouldStartWith("succeeded  cpt-ajan/v5.7.1  production  sandbox\n");
        foreach (var told in (string[])[
            "Opened on 2025-09-01 at 08:00 UTC, decided GO at 09:00 with 1 sign-off, began its canary at 10:00, reached everybody at 10:15, passed its watch on 2025-09-02 at 10:15 and was closed as succeeded at 10:15: 24 hours",
            "succeeded by local-release-manager at 2025-09-02T10:15:00Z: 24 hours at 100 % within every objective", "GO by local-release-manager at 2025-09-01T09:00:00Z", "The CEO  ceo  approve", "watch ended    passed",
            "feedback-error-rate passed (0 of 10 failed)", "redis-health passed (0 of 20 failed)", "error-budget-burn passed (0 of 48 failed)"])
        {
            status.ShouldContain(told);
        }

        var standing = await ledger.JsonAsync("release", "status", Released);
        standing.GetProperty("gates").EnumerateArray().Select(gate => (gate.GetProperty("outcome").GetString())).ShouldBe(Enumerable.Repeat("passed", 11));
        var deployment = standing.GetProperty("deployment");
        Of(deployment, "steps", "progress").ShouldBe(["completed", "completed", "completed"]);
        Of(deployment, "watch", "outcome").ShouldBe(Enumerable.Repeat("passed", 5));
        Of(deployment, "success", "outcome").ShouldBe(Enumerable.Repeat("passed", 5));

        var events = await HistoryAsync(ledger, Released);
        Times(events, "canary_step_started").ShouldBe(["2025-09-01T10:00:00.000000Z", "2025-09-01T10:05:00.000000Z", "2025-09-01T10:15:00.000000Z"]);
        Times(events, "canary_step_completed").ShouldBe(["2025-09-01T10:05:00.000000Z", "2025-09-01T10:15:00.000000Z", "2025-09-02T10:15:00.000000Z"]);
        Times(events, "watch_ended").ShouldBe(["2025-09-02T10:15:00.000000Z"]);
        Times(events, "release_closed").ShouldBe(["2025-09-02T10:15:00.000000Z"]);

        // Nothing was missed: what passed is the time that each step takes.
        events.Where(past => Type(past) == "deadline_passed").Select(past => past.GetProperty("data").GetProperty("missed").GetBoolean()).ShouldBe([false, false, false]);
        (await ledger.RunAsync("release", "history", Released)).Output.ShouldStartWith("sandbox: the times were given\nOpened on 2025-09-01 at 08:00 UTC, decided GO at 09:00 with 1 sign-off");
        (await ledger.RunAsync("signoffs", "verify", Released)).Exit.ShouldBe(0);

        var before = await SizeAsync(ledger);
        await ReplayAsync(ledger, "replay");
        (await SizeAsync(ledger)).ShouldBe(before);
    }

    [Fact]
    public async Task Each_way_back_names_the_rule_that_fired_and_the_measurements_it_fired_on()
    {
        await using var ledger = await StartAsync();
        await ReplayAsync(ledger, "rolled-back-by-analysis-failures");
        await ShouldHaveGoneBackAsync(
            ledger, "v5.7.1-analysis-failures", ["analysis-failures", "canary"], "2 measurements of feedback-error-rate failed one after the other", "2025-09-03T10:02:00.000000Z", 2, 75);
        await ReplayAsync(ledger, "rolled-back-by-error-rate");
        await ShouldHaveGoneBackAsync(
            ledger, "v5.7.1-error-rate", ["error-rate"], "feedback.error_rate > 0.5% in 21 measurements over 10 min", "2025-09-04T10:31:30.000000Z", 21, 150);
        await ReplayAsync(ledger, "rolled-back-by-redis-failures");
        await ShouldHaveGoneBackAsync(
            ledger, "v5.7.1-redis", ["redis-failures"], "6 of redis.connection_failures within 5min", "2025-09-05T10:09:00.000000Z", 5, 95);

        var before = await SizeAsync(ledger);
        await ReplayAsync(ledger, "rolled-back-by-redis-failures");
        (await SizeAsync(ledger)).ShouldBe(before);
    }

    private static async Task ShouldHaveGoneBackAsync(Installation ledger, string version, string[] rules, string found, string firedAt, int measurements, int seconds)
    {
        var release = $"cpt-ajan/{version}";
        var status = (await ledger.RunAsync("release", "status", release)).Output;
        status.ShouldStartWith($"rolled back  {release}  production  sandbox\n");
        status.ShouldContain(found);
        status.ShouldContain($"saw the rule {rules[0]} fire at {firedAt[11..16]}");
        (await ledger.RunAsync("assert", "go", release)).Exit.ShouldBe(1);

        var events = await HistoryAsync(ledger, release);
        var fired = events.Where(past => Type(past) == "rollback_triggered").ToList();
        fired.Select(past => past.GetProperty("data").GetProperty("rule").GetString()).ShouldBe(rules);
        fired.ShouldAllBe(past => past.GetProperty("at").GetString() == firedAt);

        // Every one of them is a measurement in the release's own history, and the history says which.
        var versions = fired[0].GetProperty("data").GetProperty("measurements").EnumerateArray().Select(each => each.GetInt32()).ToList();
        versions.Count.ShouldBe(measurements);
        versions.ShouldAllBe(place => Type(events[place - 1]) == "analysis_measured");
        var history = (await ledger.RunAsync("release", "history", release)).Output;
        history.ShouldContain($"by the measurements {string.Join(' ', versions.Select(place => $"#{events[place - 1].GetProperty("sequence").GetInt64()}"))}\n");
        history.ShouldContain($"the rollback was done after {seconds} s");
        events[^1].GetProperty("data").GetProperty("outcome").GetString().ShouldBe("rolled_back");
    }

    private static async Task<Installation> StartAsync()
    {
        var ledger = new Installation(new() { ["Ledger__Sandbox"] = "true" });
        await ledger.StartServerAsync();
        return ledger;
    }

    private static async Task ReplayAsync(Installation ledger, string script)
    {
        var (exit, output, error) = await ledger.RunScriptAsync(Path.Combine(Repository.Samples, "cpt-ajan", $"{script}.sh"));
        exit.ShouldBe(0, output + error);
    }

    // An audit computes every trigger again, and every time.
    private static async Task<long> SizeAsync(Installation ledger)
    {
        var audit = await ledger.JsonAsync("audit");
        audit.GetProperty("sound").GetBoolean().ShouldBeTrue(audit.GetRawText());
        return audit.GetProperty("events").GetInt64();
    }

    private static async Task<List<JsonElement>> HistoryAsync(Installation ledger, string release) =>
        [.. (await ledger.JsonAsync("release", "history", release)).GetProperty("events").EnumerateArray()];

    private static string Type(JsonElement past) => past.GetProperty("type").GetString()!;

    private static IEnumerable<string?> Times(List<JsonElement> events, string type) => events.Where(past => Type(past) == type).Select(past => past.GetProperty("at").GetString());

    private static IEnumerable<string?> Of(JsonElement deployment, string list, string member) => deployment.GetProperty(list).EnumerateArray().Select(each => each.GetProperty(member).GetString());
}
