using System.Text.Json;
using Ledger.Cli.Tests.Support;
using Ledger.Integrity.Keys;
using Ledger.Integrity.Notes;

namespace Ledger.Cli.Tests.Pins;

/// <summary>Every talk with a server begins with the question whether its log is the one that was seen before, and only grew.</summary>
public sealed class PinTests
{
    private const string Assert = "assert go shop/v1.0.0";
    private const string Close = "release close shop/v1.0.0 --outcome succeeded --reason done";

    [Fact]
    public async Task A_log_is_pinned_when_it_is_met_and_the_person_is_told_its_key()
    {
        await using var server = Server(new TestLog(12));
        using var shell = Shell.Stranger(server);

        var first = await shell.RunAsync(Assert);
        var second = await shell.RunAsync(Assert);

        first.ExitCode.ShouldBe(0);
        first.Error.ShouldBe($"ledger: met the log ledger.test/log for the first time, and pinned its key: {server.Log.Key}\n");
        second.Error.ShouldBeEmpty();
        (await PinnedAsync(shell)).ShouldBe(12);
    }

    [Fact]
    public async Task Whoever_asks_one_thing_of_a_known_log_asks_one_thing_more()
    {
        await using var server = Server(new TestLog(12));
        using var shell = Shell.At(server);

        await shell.RunAsync(Assert);

        server.Requests.Count.ShouldBe(1);
        server.Checks.ShouldHaveSingleItem().Path.ShouldBe("/v1/proofs/consistency?from=12");
    }

    [Theory]
    [InlineData(1, 12)]
    [InlineData(7, 8)]
    [InlineData(8, 12)]
    [InlineData(11, 12)]
    public async Task The_pin_follows_a_log_that_grows(int before, int after)
    {
        await using var server = Server(new TestLog(before));
        using var shell = Shell.At(server);
        server.Log = new TestLog(after);

        (await shell.RunAsync(Assert)).ExitCode.ShouldBe(0);

        (await PinnedAsync(shell)).ShouldBe(after);
    }

    [Theory]
    [InlineData(Assert)]
    [InlineData(Close)]
    [InlineData("release status shop/v1.0.0")]
    [InlineData("proof 3")]
    [InlineData("whoami")]
    [InlineData("audit")]
    public async Task A_log_that_was_rolled_back_is_named_and_nothing_else_is_asked(string command)
    {
        await using var server = Server(new TestLog(12));
        using var shell = Shell.At(server);
        server.Log = new TestLog(8);

        var ran = await shell.RunAsync(command);

        ran.ExitCode.ShouldBe(3);
        ran.Error.ShouldStartWith("ledger: the log ledger.test/log was rolled back: it has 8 leaves, and had 12 before");
        server.Requests.ShouldBeEmpty();
        (await PinnedAsync(shell)).ShouldBe(12);
    }

    [Theory]
    [InlineData(12, 3)]
    [InlineData(20, 11)]
    [InlineData(20, 0)]
    public async Task A_log_that_was_rewritten_and_signed_again_with_its_own_key_is_named_a_fork(int size, int fork)
    {
        await using var server = Server(new TestLog(12));
        using var shell = Shell.At(server);
        server.Log = new TestLog(size, fork);

        var ran = await shell.RunAsync(Close);

        ran.ExitCode.ShouldBe(3);
        ran.Error.ShouldStartWith("ledger: the log ledger.test/log was forked: ");
        ran.Error.ShouldContain("; nothing was recorded\n");
        server.Requests.ShouldBeEmpty();
        (await PinnedAsync(shell)).ShouldBe(12);

        // What was pinned and what contradicts it are both signed: together they prove it to others.
        var evidence = Directory.GetFiles(Path.Combine(shell.State, "pins"), "*.contradiction").ShouldHaveSingleItem();
        Checkpoint.Verify(File.ReadAllBytes(evidence), TestLog.Origin, server.Log.Key, out var contradiction).IsValid.ShouldBeTrue();
        contradiction!.Size.ShouldBe(size);
    }

    [Fact]
    public async Task Another_key_or_another_log_at_a_known_address_is_named()
    {
        await using var server = Server(new TestLog(12));
        using var shell = Shell.At(server);
        using var other = SigningKey.Generate();
        server.On("GET /v1/proofs/consistency?from=12", Reply.Problem(404, "proof_unknown", "no such trees"));

        server.On("GET /v1/log", Reply.Ok(Log(TestLog.Origin, other)));
        (await shell.RunAsync(Assert)).Error.ShouldStartWith("ledger: another key signs the log ledger.test/log than the one that is pinned\n");
        server.On("GET /v1/log", Reply.Ok(Log("ledger.test/other", other)));
        var ran = await shell.RunAsync(Assert);

        ran.ExitCode.ShouldBe(3);
        ran.Error.ShouldBe(
            "ledger: another log answers at https://ledger.test: ledger.test/other, where ledger.test/log did before\n"
            + "hint: where you know that a new ledger was set up there: ledger checkpoint pin --replace\n");
    }

    [Fact]
    public async Task A_log_that_was_met_at_another_address_is_held_to_the_same()
    {
        await using var server = Server(new TestLog(12));
        await using var mirror = Server(new TestLog(8));
        using var shell = Shell.At(server);
        shell.Variables["LEDGER_URL"] = mirror.Url;

        (await shell.RunAsync(Assert)).Error.ShouldContain("was rolled back");
        mirror.Log = new TestLog(13);
        (await shell.RunAsync(Assert)).ExitCode.ShouldBe(0);

        (await shell.RunAsync("checkpoint show --json")).Json.GetProperty("pins").EnumerateArray().Single().GetProperty("addresses").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task A_ledger_that_is_known_to_be_new_is_pinned_by_hand()
    {
        await using var server = Server(new TestLog(12));
        using var shell = Shell.At(server);
        server.Log = new TestLog(3);

        (await shell.RunAsync("checkpoint pin")).ExitCode.ShouldBe(3);
        (await shell.RunAsync("checkpoint pin --replace")).ExitCode.ShouldBe(0);

        (await PinnedAsync(shell)).ShouldBe(3);
        (await shell.RunAsync(Assert)).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Who_knows_the_key_does_not_pin_another()
    {
        await using var server = Server(new TestLog(12));
        using var shell = Shell.Stranger(server);
        using var other = SigningKey.Generate();

        var ran = await shell.RunAsync($"checkpoint pin --key {new VerifierKey(TestLog.Origin, other.PublicKey)}");
        ran.ExitCode.ShouldBe(3);
        ran.Error.ShouldContain("not by the key that was given");
        (await shell.RunAsync("checkpoint show --json")).Json.GetProperty("pins").GetArrayLength().ShouldBe(0);

        (await shell.RunAsync($"checkpoint pin --key {server.Log.Key}")).ExitCode.ShouldBe(0);
        (await PinnedAsync(shell)).ShouldBe(12);
    }

    [Fact]
    public async Task A_checkpoint_that_somebody_else_kept_shows_a_fork_to_whoever_never_met_the_log()
    {
        await using var server = Server(new TestLog(12, fork: 5));
        using var shell = Shell.Stranger(server);
        shell.Write("theirs", new TestLog(9).SignedCheckpoint().ToString());
        shell.Write("before", new TestLog(5).SignedCheckpoint().ToString());

        var ran = await shell.RunAsync("checkpoint pin --checkpoint theirs");
        ran.ExitCode.ShouldBe(3);
        ran.Error.ShouldStartWith("ledger: the log ledger.test/log was forked: ");

        (await shell.RunAsync("checkpoint pin --checkpoint before")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Without_a_place_to_remember_in_it_works_and_warns()
    {
        await using var server = Server(new TestLog(12));
        using var shell = Shell.Stranger(server);
        shell.Variables.Remove("LEDGER_STATE");

        var ran = await shell.RunAsync(Assert);

        ran.ExitCode.ShouldBe(0);
        ran.Error.ShouldStartWith("ledger: nothing can be remembered of this ledger, so a log that is forked or rolled back goes unnoticed");
    }

    [Theory]
    [InlineData("XDG_STATE_HOME", "ledger/pins")]
    [InlineData("HOME", ".local/state/ledger/pins")]
    public async Task Pins_are_in_the_state_folder_of_the_user(string variable, string where)
    {
        await using var server = Server(new TestLog(12));
        using var shell = Shell.Stranger(server);
        shell.Variables.Remove("LEDGER_STATE");
        shell.Variables[variable] = shell.Folder;

        await shell.RunAsync(Assert);

        Directory.GetFiles(Path.Combine(shell.Folder, where), "*.pin").ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("not json")]
    public async Task A_pin_that_cannot_be_read_is_not_taken_for_none(string content)
    {
        await using var server = Server(new TestLog(12));
        using var shell = Shell.At(server);
        File.WriteAllText(Directory.GetFiles(Path.Combine(shell.State, "pins"), "*.pin").Single(), content);

        var ran = await shell.RunAsync(Assert);

        ran.ExitCode.ShouldBe(3);
        ran.Error.ShouldContain("does not say what was pinned");
        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_many_commands_at_once_none_takes_the_pin_back()
    {
        await using var server = Server(new TestLog(4));
        using var shell = Shell.At(server);
        var growing = Task.Run(async () =>
        {
            for (var size = 5; size <= 40; size++)
            {
                server.Log = new TestLog(size);
                await Task.Delay(5);
            }
        });

        var ran = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => Task.Run(() => shell.RunAsync(Assert))));
        await growing;
        var last = await shell.RunAsync(Assert);

        string.Concat(ran.Select(each => each.Error)).ShouldBeEmpty();
        last.ExitCode.ShouldBe(0);
        (await PinnedAsync(shell)).ShouldBe(40);
    }

    [Fact]
    public async Task A_receipt_that_the_log_did_not_sign_is_not_a_record()
    {
        using var other = SigningKey.Generate();
        var forged = JsonSerializer.Serialize(new Checkpoint(TestLog.Origin, 12, default).Sign(new NoteSigner(TestLog.Origin, other)).ToString());
        await using var server = Server(new TestLog(12)).On("POST /v1/releases/shop/v1.0.0/close", Reply.Created(
            $$"""{"receipt":{"sequence":12,"leafIndex":11,"leafHash":"{{Answers.Hash}}","treeSize":12,"checkpoint":{{forged}} } }"""));
        using var shell = Shell.At(server);

        var ran = await shell.RunAsync(Close);

        ran.ExitCode.ShouldBe(3);
        ran.Error.ShouldContain("its receipt is not signed by the log; whether it was recorded is unknown");
    }

    private static ScriptedServer Server(TestLog log) => new ScriptedServer { Log = log }.On("GET /v1/releases/shop/v1.0.0", Reply.Ok(Answers.Go));

    private static string Log(string origin, SigningKey key) => JsonSerializer.Serialize(new
    {
        origin, verifierKey = new VerifierKey(origin, key.PublicKey).ToString(), checkpoint = new Checkpoint(origin, 20, default).Sign(new NoteSigner(origin, key)).ToString(),
    });

    private static async Task<long> PinnedAsync(Shell shell) =>
        (await shell.RunAsync("checkpoint show --json")).Json.GetProperty("pins").EnumerateArray().Single().GetProperty("size").GetInt64();
}
