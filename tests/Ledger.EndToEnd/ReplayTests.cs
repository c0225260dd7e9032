using Ledger.Testing;

namespace Ledger.EndToEnd;

/// <summary>
/// The releases of the documents, replayed from open to close with their times: what the tool then prints tells their stories, and every
/// event that <c>Releases/*.md</c> names is in their histories.
/// </summary>
public sealed class ReplayTests
{
    [Fact]
    public async Task Agent_system_goes_out_blue_green_and_its_no_go_names_who_did_not_sign()
    {
        await using var ledger = new Installation(new() { ["Ledger__Sandbox"] = "true" });
        await ledger.StartServerAsync();
        await ReplayAsync(ledger, "agent-system", "replay.sh");
        await TellsAsync(ledger, "agent-system/v2.2.0", "agent-system");
        await HoldsAsync(ledger, "agent-system/v2.2.0", "agent-system");
        await DoAsync(ledger, "signoffs", "verify", "agent-system/v2.2.0");

        await ReplayAsync(ledger, "agent-system", "no-go.sh");
        await TellsAsync(ledger, "agent-system/v2.2.0-no-go", "agent-system-no-go");

        var before = (await ledger.JsonAsync("audit")).GetProperty("events").GetInt64();
        await ReplayAsync(ledger, "agent-system", "replay.sh");
        await ReplayAsync(ledger, "agent-system", "no-go.sh");
        (await ledger.JsonAsync("audit")).GetProperty("events").GetInt64().ShouldBe(before);
    }

    [Fact]
    public async Task RecoveryOS_turns_its_flag_and_goes_back_when_its_budget_burns_too_fast()
    {
        await using var ledger = new Installation(new() { ["Ledger__Sandbox"] = "true" });
        await ledger.StartServerAsync();
        await ReplayAsync(ledger, "recoveryos", "replay.sh");
        await TellsAsync(ledger, "recoveryos/2025-08-14", "recoveryos");
        await HoldsAsync(ledger, "recoveryos/2025-08-14", "recoveryos");

        await ReplayAsync(ledger, "recoveryos", "burn-rate.sh");
        await TellsAsync(ledger, "recoveryos/2025-08-14-burn-rate", "recoveryos-burn-rate");
        (await ledger.RunAsync("assert", "go", "recoveryos/2025-08-14-burn-rate")).Exit.ShouldBe(1);

        var before = (await ledger.JsonAsync("audit")).GetProperty("events").GetInt64();
        await ReplayAsync(ledger, "recoveryos", "replay.sh");
        await ReplayAsync(ledger, "recoveryos", "burn-rate.sh");
        (await ledger.JsonAsync("audit")).GetProperty("events").GetInt64().ShouldBe(before);
    }

    [Fact]
    public async Task Everything_that_the_documents_of_cpt_ajan_say_is_in_its_history()
    {
        await using var ledger = new Installation(new() { ["Ledger__Sandbox"] = "true" });
        await ledger.StartServerAsync();
        await ReplayAsync(ledger, "cpt-ajan", "replay.sh");
        await HoldsAsync(ledger, "cpt-ajan/v5.7.1", "cpt-ajan");
    }

    private static async Task ReplayAsync(Installation ledger, string service, string script)
    {
        var (exit, output, error) = await ledger.RunScriptAsync(Path.Combine(Repository.Samples, service, script));
        exit.ShouldBe(0, $"{service}/{script}\n{output}{error}");
    }

    // What a person reads, whole: the times are given, so that it is the same each time.
    private static async Task TellsAsync(Installation ledger, string release, string name)
    {
        Golden.ShouldMatch(await DoAsync(ledger, "release", "status", release), $"{name}.status.txt", Beside());
        Golden.ShouldMatch(await DoAsync(ledger, "release", "history", release), $"{name}.history.txt", Beside());
    }

    private static async Task HoldsAsync(Installation ledger, string release, string policy)
    {
        var history = (await ledger.JsonAsync("release", "history", release)).GetProperty("events").EnumerateArray().ToList();
        ReleaseTable.Read(policy).Lines
            .SelectMany(line => line.Events.Where(pattern => !history.Exists(past => pattern.Matches(past))).Select(pattern => $"{line.Where}: {pattern}"))
            .ShouldBeEmpty();
    }

    private static async Task<string> DoAsync(Installation ledger, params string[] arguments)
    {
        var (exit, output, error) = await ledger.RunAsync(arguments);
        exit.ShouldBe(0, $"ledger {string.Join(' ', arguments)}\n{output}{error}");
        return output;
    }

    private static string Beside([System.Runtime.CompilerServices.CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "Releases", "x");
}
