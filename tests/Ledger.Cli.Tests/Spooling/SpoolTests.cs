using Ledger.Cli.Tests.Support;

namespace Ledger.Cli.Tests.Spooling;

/// <summary>What is given while the server is away is delivered once, in order, or told about: nothing goes missing unseen.</summary>
public sealed class SpoolTests : IDisposable
{
    private const string Target = "POST /v1/releases/shop/v1.0.0/gates/load/reports";
    private const string Report = "gate report shop/v1.0.0 load k6.json --timeout 1s --spool spool";
    private static readonly Reply Recorded = Reply.Created(Answers.Reported("passed", ",\"value\":142.5", "GO"));

    private readonly Shell _shell = new();

    public SpoolTests() => _shell.Write("k6.json", "{}");

    private string Spool => Path.Combine(_shell.Folder, "spool");

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task A_command_is_kept_when_nobody_answers_and_says_that_it_is_not_recorded()
    {
        await AwayAsync();

        var ran = await _shell.RunAsync(Report);

        ran.ExitCode.ShouldBe(0);
        ran.Out.ShouldBeEmpty();
        ran.Error.ShouldContain("kept as #1 in /folder/spool: cannot reach the ledger at https://ledger.test: connection refused; nothing was recorded");
        ran.Error.ShouldContain("hint: ledger spool flush /folder/spool");
        var file = Path.Combine(Spool, "000000000001.command");
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.GetUnixFileMode(Spool).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        File.ReadAllText(file).ShouldNotContain("ldg_secret");
        (await _shell.RunAsync($"{Report} --json")).Json.GetProperty("code").GetString().ShouldBe("spooled");
    }

    [Fact]
    public async Task Without_a_spool_it_fails_as_ever_and_assert_has_none()
    {
        await AwayAsync();
        (await _shell.RunAsync(Report.Replace(" --spool spool", "", StringComparison.Ordinal))).ExitCode.ShouldBe(3);
        (await _shell.RunAsync("assert go shop/v1.0.0 --timeout 1s")).ExitCode.ShouldBe(3);
        (await _shell.RunAsync("assert go shop/v1.0.0 --spool spool")).ExitCode.ShouldBe(2);
        Directory.Exists(Spool).ShouldBeFalse();
    }

    [Fact]
    public async Task What_was_kept_is_delivered_in_order_under_its_own_key()
    {
        var url = await AwayAsync();
        await _shell.RunAsync($"{Report} --idempotency-key one");
        await _shell.RunAsync($"{Report} --idempotency-key two --tool k6");
        await using var server = Back(url).On(Target, Recorded).On($"{Target}?tool=k6", Recorded);

        (await _shell.RunAsync("spool list spool")).ExitCode.ShouldBe(0);
        var ran = await _shell.RunAsync("spool flush spool");

        ran.ExitCode.ShouldBe(0);
        ran.Out.ShouldBe("#1  recorded as #12\n#2  recorded as #12\n");
        server.Requests.Select(request => request.Key).ShouldBe(["one", "two"]);
        server.Requests[0].Text.ShouldBe("{}");
        (await _shell.RunAsync("spool flush spool")).Out.ShouldBe("nothing was to be delivered\n");
        server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_is_given_later_does_not_overtake_what_waits()
    {
        var url = await AwayAsync();
        await _shell.RunAsync(Report);
        await using var server = Back(url).On(Target, Recorded);

        var ran = await _shell.RunAsync(Report);

        ran.Error.ShouldContain("kept as #2 in /folder/spool: others wait there before it; nothing was recorded");
        server.Requests.ShouldBeEmpty();
        (await _shell.RunAsync("spool flush spool")).ExitCode.ShouldBe(0);
        (await _shell.RunAsync(Report)).Out.ShouldContain("recorded as #12");
    }

    [Fact]
    public async Task A_flush_that_was_killed_after_the_server_recorded_delivers_with_the_same_key_again()
    {
        var url = await AwayAsync();
        await _shell.RunAsync($"{Report} --idempotency-key one");
        await _shell.RunAsync($"{Report} --idempotency-key two");
        var before = Files();
        await using var server = Back(url).On(Target, Recorded);
        await _shell.RunAsync("spool flush spool");

        // As a kill between the server's answer and the note of it leaves the folder.
        foreach (var (name, content) in before) File.WriteAllBytes(Path.Combine(Spool, name), content);
        (await _shell.RunAsync("spool flush spool")).ExitCode.ShouldBe(0);

        server.Requests.Select(request => request.Key).ShouldBe(["one", "two", "one", "two"]);
        (await _shell.RunAsync("spool list spool")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_flush_that_was_killed_while_setting_aside_finds_nothing_missing()
    {
        var url = await AwayAsync();
        await _shell.RunAsync(Report);
        var state = File.ReadAllBytes(Path.Combine(Spool, "spool.json"));
        await using var server = Back(url).On(Target, Reply.Problem(409, "release_closed", "the release is closed"));
        (await _shell.RunAsync("spool flush spool")).ExitCode.ShouldBe(1);

        File.WriteAllBytes(Path.Combine(Spool, "spool.json"), state);
        var ran = await _shell.RunAsync("spool flush spool --json");

        ran.Json.GetProperty("missing").GetArrayLength().ShouldBe(0);
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_the_server_refuses_is_set_aside_with_the_reason_and_the_next_one_follows()
    {
        var url = await AwayAsync();
        await _shell.RunAsync(Report);
        await _shell.RunAsync(Report);
        await using var server = Back(url).On(Target, Reply.Problem(409, "release_closed", "the release is closed"), Recorded);

        var ran = await _shell.RunAsync("spool flush spool");

        ran.ExitCode.ShouldBe(1);
        ran.Out.ShouldBe("#2  recorded as #12\n");
        ran.Error.ShouldContain("#1 is set aside: the release is closed (release_closed)");
        File.Exists(Path.Combine(Spool, "aside", "000000000001.command")).ShouldBeTrue();
        (await _shell.RunAsync("spool list spool")).Error.ShouldContain("#1 is set aside");
    }

    [Fact]
    public async Task It_is_delivered_as_the_very_request_that_may_have_arrived_before()
    {
        await using var server = new ScriptedServer().On($"{Target}?receipt=tlog-proof", Reply.Silence, Recorded);
        using var shell = Shell.At(server);
        shell.Write("k6.json", "{}");

        var ran = await shell.RunAsync($"{Report} --receipt receipt.json");

        ran.ExitCode.ShouldBe(0);
        ran.Error.ShouldContain("whether it was recorded is unknown");
        (await shell.RunAsync("spool flush spool")).ExitCode.ShouldBe(0);
        server.Requests.Select(request => (request.Path, request.Key)).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_batch_of_which_an_event_is_refused_is_set_aside()
    {
        var url = await AwayAsync();
        _shell.Write("batch.json", """[{"specversion":"1.0","id":"e-1","source":"/ci","type":"t"}]""");
        (await _shell.RunAsync("event send batch.json --timeout 1s --spool spool")).ExitCode.ShouldBe(0);
        await using var server = Back(url).On("POST /v1/events", Reply.Ok("""{"events":[{"id":"e-1","source":"/ci","type":"t","outcome":"refused","code":"release_not_named","because":"no release is found"}]}"""));

        var ran = await _shell.RunAsync("spool flush spool");

        ran.ExitCode.ShouldBe(1);
        ran.Error.ShouldContain("#1 is set aside: of its events 'e-1' is refused: no release is found (release_not_named)");
        server.Requests.ShouldHaveSingleItem().Headers["Content-Type"].ShouldBe("application/cloudevents-batch+json");
    }

    [Fact]
    public async Task A_file_that_is_cut_off_or_changed_is_set_aside_and_one_that_is_gone_is_told()
    {
        var url = await AwayAsync();
        for (var i = 0; i < 4; i++) await _shell.RunAsync(Report);
        var (first, second, third) = (Path.Combine(Spool, "000000000001.command"), Path.Combine(Spool, "000000000002.command"), Path.Combine(Spool, "000000000003.command"));
        File.WriteAllBytes(first, File.ReadAllBytes(first)[..^20]);
        File.Delete(second);
        File.WriteAllText(third, File.ReadAllText(third).Replace("load", "home", StringComparison.Ordinal));
        await using var server = Back(url).On(Target, Recorded);
        (await _shell.RunAsync("spool list spool")).ExitCode.ShouldBe(1);

        var ran = await _shell.RunAsync("spool flush spool --json");

        ran.ExitCode.ShouldBe(1);
        ran.Json.GetProperty("delivered").EnumerateArray().Select(entry => entry.GetProperty("number").GetInt64()).ShouldBe([4]);
        ran.Json.GetProperty("aside").EnumerateArray().Select(entry => entry.GetProperty("number").GetInt64()).ShouldBe([1, 3]);
        ran.Json.GetProperty("missing").EnumerateArray().Select(entry => entry.GetInt64()).ShouldBe([2]);
        (await _shell.RunAsync("spool list spool")).Error.ShouldContain("#2 is missing");
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_last_one_gone_is_told_too()
    {
        var url = await AwayAsync();
        await _shell.RunAsync(Report);
        File.Delete(Path.Combine(Spool, "000000000001.command"));
        await using var server = Back(url);
        var ran = await _shell.RunAsync("spool flush spool");
        ran.ExitCode.ShouldBe(1);
        ran.Error.ShouldContain("#1 is missing");
    }

    [Fact]
    public async Task A_gap_is_told_each_time_until_somebody_answers_for_it()
    {
        var url = await AwayAsync();
        for (var i = 0; i < 3; i++) await _shell.RunAsync(Report);
        File.Delete(Path.Combine(Spool, "000000000001.command"));
        File.WriteAllText(Path.Combine(Spool, "000000000002.command"), "");
        await using var server = Back(url).On(Target, Recorded);
        (await _shell.RunAsync("spool flush spool")).ExitCode.ShouldBe(1);

        var again = await _shell.RunAsync("spool flush spool");
        again.ExitCode.ShouldBe(1);
        again.Out.ShouldBe("nothing was to be delivered\n");
        again.Error.ShouldContain("#1 is missing: its file is gone, and what it said with it");
        again.Error.ShouldContain("#2 is set aside: its file is cut off or was changed (spool_damaged)");
        again.Error.ShouldContain("hint: once that is settled: ledger spool accept-gap /folder/spool NUMBER --reason TEXT; until then this ends with 1");

        _shell.Variables["USER"] = "ada";
        (await _shell.RunAsync("spool accept-gap spool 1 --reason 'reported by hand as #14'")).Out.ShouldBe("#1  answered for by ada: reported by hand as #14\n");
        (await _shell.RunAsync("spool flush spool")).ExitCode.ShouldBe(1);
        (await _shell.RunAsync("spool accept-gap spool 2 --reason 'a trial run' --by ben")).ExitCode.ShouldBe(0);
        (await _shell.RunAsync("spool flush spool")).ExitCode.ShouldBe(0);

        var listed = await _shell.RunAsync("spool list spool --json");
        listed.ExitCode.ShouldBe(0);
        listed.Json.GetProperty("missing").GetArrayLength().ShouldBe(0);
        listed.Json.GetProperty("accepted").EnumerateArray().Select(gap => (gap.GetProperty("number").GetInt64(), gap.GetProperty("by").GetString(), gap.GetProperty("what").GetString()))
            .ShouldBe([(1, "ada", "its file was gone"), (2, "ben", "its file is cut off or was changed")]);
        (await _shell.RunAsync("spool list spool")).Out.ShouldContain("reported by hand as #14");
    }

    [Theory]
    [InlineData("3 --reason why --by ada", 1, "#3 is no gap that waits for an answer")]
    [InlineData("1 9 --reason why --by ada", 1, "#9 is no gap that waits for an answer")]
    [InlineData("1 --reason '' --by ada", 2, "--reason says nothing")]
    [InlineData("1 --by ada", 2, "'--reason' is required")]
    [InlineData("1 --reason why", 2, "nothing says who answers for it")]
    [InlineData("--reason why --by ada", 2, "required argument missing")]
    public async Task Only_a_gap_is_answered_for_by_somebody_and_with_a_reason(string arguments, int exitCode, string says)
    {
        var url = await AwayAsync();
        for (var i = 0; i < 3; i++) await _shell.RunAsync(Report);
        File.Delete(Path.Combine(Spool, "000000000001.command"));
        await using var server = Back(url).On(Target, Recorded);
        await _shell.RunAsync("spool flush spool");

        var ran = await _shell.RunAsync($"spool accept-gap spool {arguments}");

        ran.ExitCode.ShouldBe(exitCode);
        ran.Error.ShouldContain(says, Case.Insensitive);
        (await _shell.RunAsync("spool flush spool")).ExitCode.ShouldBe(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{\"last\":1}")]
    public async Task A_spool_that_does_not_say_how_far_it_is_delivers_nothing(string content)
    {
        var url = await AwayAsync();
        await _shell.RunAsync(Report);
        File.WriteAllText(Path.Combine(Spool, "spool.json"), content);
        await using var server = Back(url).On(Target, Recorded);

        foreach (var command in new[] { "spool flush spool", "spool list spool", "spool accept-gap spool 1 --reason why --by ada", Report })
        {
            var ran = await _shell.RunAsync(command);
            ran.ExitCode.ShouldBe(3, command);
            ran.Error.ShouldContain("spool.json in /folder/spool does not say how far the spool is");
        }

        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_two_who_deliver_at_once_one_is_told_to_wait()
    {
        var url = await AwayAsync();
        await _shell.RunAsync(Report);
        await using var server = Back(url).On(Target, Recorded);
        using (new FileStream(Path.Combine(Spool, "flush.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            var ran = await _shell.RunAsync("spool flush spool");
            ran.ExitCode.ShouldBe(3);
            ran.Error.ShouldContain("somebody else is delivering this spool");
            ran.Error.ShouldContain("hint: wait for them");
            server.Requests.ShouldBeEmpty();
        }

        (await _shell.RunAsync("spool flush spool")).ExitCode.ShouldBe(0);
        server.Requests.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(401, 3)]
    [InlineData(403, 3)]
    [InlineData(502, 3)]
    public async Task What_says_nothing_about_the_command_leaves_it_there(int status, int exitCode)
    {
        var url = await AwayAsync();
        await _shell.RunAsync(Report);
        await using var server = Back(url).On(Target, status == 502 ? Reply.Html(502) : Reply.Problem(status, "token_wrong", "not with this token"));

        var ran = await _shell.RunAsync("spool flush spool --timeout 1s");

        ran.ExitCode.ShouldBe(exitCode);
        ran.Error.ShouldContain("1 still wait in /folder/spool");
        File.Exists(Path.Combine(Spool, "000000000001.command")).ShouldBeTrue();
    }

    [Fact]
    public async Task It_is_delivered_to_nobody_but_the_server_it_was_given_for()
    {
        await AwayAsync();
        await _shell.RunAsync(Report);
        await using var other = new ScriptedServer().On(Target, Recorded);
        _shell.Variables["LEDGER_URL"] = other.Url;

        var ran = await _shell.RunAsync("spool flush spool");

        ran.ExitCode.ShouldBe(3);
        ran.Error.ShouldContain("#1 was given for");
        other.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_log_that_is_not_the_pinned_one_is_no_reason_to_keep_anything()
    {
        await using var server = new ScriptedServer { Log = new TestLog(12, fork: 3) };
        using var shell = Shell.At(server);
        server.Log = new TestLog(12);
        shell.Write("k6.json", "{}");
        (await shell.RunAsync(Report)).ExitCode.ShouldBe(3);
        Directory.EnumerateFiles(Path.Combine(shell.Folder, "spool"), "*.command").ShouldBeEmpty();
    }

    private Dictionary<string, byte[]> Files() => Directory.EnumerateFiles(Spool).Where(file => !file.EndsWith("lock", StringComparison.Ordinal)).ToDictionary(file => Path.GetFileName(file)!, File.ReadAllBytes);

    // A port that somebody had a moment ago, and that nobody has now.
    private async Task<string> AwayAsync()
    {
        await using var server = new ScriptedServer();
        _shell.Variables["LEDGER_URL"] = server.Url;
        _shell.Remember(server);
        return server.Url;
    }

    private static ScriptedServer Back(string url) => new(new Uri(url).Port);
}
