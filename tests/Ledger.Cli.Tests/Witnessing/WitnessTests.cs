using System.Globalization;
using System.Text;
using Ledger.Cli.Tests.Support;
using Ledger.Cli.Witnessing;
using Ledger.Integrity.Keys;
using Ledger.Integrity.Notes;

namespace Ledger.Cli.Tests.Witnessing;

/// <summary>A witness cosigns what only grew, and remembers it before it says so.</summary>
public sealed class WitnessTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ledger-witness-").FullName;
    private readonly SigningKey _key = SigningKey.Generate(KeyAlgorithm.Ed25519);

    private VerifierKey Key => VerifierKey.ForCosigner("witness.test/w", _key.PublicKey);

    [Fact]
    public void It_cosigns_a_log_that_grows_and_goes_on_where_it_was_after_a_restart()
    {
        using (var state = Open())
        {
            var desk = Desk(state);
            ShouldBeCosigned(desk.Answer(Request(0, 5)), 5);
            ShouldBeCosigned(desk.Answer(Request(5, 5)), 5);
        }

        using var again = Open();
        var restarted = Desk(again);
        var conflict = restarted.Answer(Request(0, 9));
        (conflict.Status, conflict.MediaType, Encoding.UTF8.GetString(conflict.Body)).ShouldBe((409, "text/x.tlog.size", "5\n"));
        ShouldBeCosigned(restarted.Answer(Request(5, 9)), 9);
    }

    [Fact]
    public void It_never_cosigns_a_fork_or_a_smaller_tree_or_a_stranger()
    {
        using var state = Open();
        var desk = Desk(state);
        desk.Answer(Request(0, 5)).Status.ShouldBe(200);

        desk.Answer(Request(5, 9, new TestLog(9, fork: 2))).Status.ShouldBe(422);
        desk.Answer(Request(5, 4)).Status.ShouldBe(400);
        using var other = SigningKey.Generate();
        var foreign = new Checkpoint("other.test/log", 9, default).Sign(new NoteSigner("other.test/log", other));
        desk.Answer(new AddCheckpointRequest(0, [], foreign).ToBytes()).Status.ShouldBe(404);
        var forged = new Checkpoint(TestLog.Origin, 9, default).Sign(new NoteSigner(TestLog.Origin, other));
        desk.Answer(new AddCheckpointRequest(5, [], forged).ToBytes()).Status.ShouldBe(403);
        desk.Answer("nonsense"u8).Status.ShouldBe(400);

        ShouldBeCosigned(desk.Answer(Request(5, 9)), 9);
    }

    [Fact]
    public void What_it_cannot_remember_it_does_not_cosign()
    {
        using var state = Open();
        var desk = Desk(state);
        desk.Answer(Request(0, 5)).Status.ShouldBe(200);
        var file = Directory.GetFiles(_folder, "*.tree").Single();
        File.WriteAllText(file, "ledger.test/log\n");

        desk.Answer(Request(5, 9)).Status.ShouldBe(500);
        File.Delete(file);
        Directory.CreateDirectory(file);
        desk.Answer(Request(0, 9)).Status.ShouldBe(500);
    }

    [Fact]
    public void Of_requests_at_once_none_rolls_the_log_back()
    {
        using var state = Open();
        var desk = Desk(state);
        desk.Answer(Request(0, 5)).Status.ShouldBe(200);

        var answers = Enumerable.Range(6, 30).AsParallel().WithDegreeOfParallelism(8).Select(size => (size, desk.Answer(Request(5, size)).Status)).ToList();

        var winner = answers.Single(answer => answer.Status == 200).size;
        answers.Count(answer => answer.Status == 409).ShouldBe(29);
        state.Latest(TestLog.Origin).Size.ShouldBe(winner);
    }

    [Fact]
    public void Two_witnesses_do_not_share_a_folder()
    {
        using var state = Open();

        WitnessState.Open(_folder).TryGet(out _, out var failure).ShouldBeFalse();
        failure!.Code.ShouldBe("state_unavailable");
    }

    [Fact]
    public async Task It_is_served_over_HTTP_until_it_is_stopped()
    {
        using var state = Open();
        using var stop = new CancellationTokenSource();
        var started = new TaskCompletionSource();
        var prefix = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}/");
        var serving = new WitnessListener(Desk(state), _ => { }).RunAsync(prefix, started.SetResult, stop.Token);
        await started.Task;
        using var http = new HttpClient { BaseAddress = new Uri(prefix) };

        using var cosigned = await http.PostAsync(new Uri("add-checkpoint", UriKind.Relative), new ByteArrayContent(Request(0, 12)));
        ((int)cosigned.StatusCode).ShouldBe(200);
        AddCheckpointResponse.Verify(await cosigned.Content.ReadAsByteArrayAsync(), Answers.Log.SignedCheckpoint(), Key, out _, out var cosignature).IsValid.ShouldBeTrue();
        cosignature!.UnixSeconds.ShouldBe(Shell.Noon.ToUnixTimeSeconds());
        (await StatusAsync(http, "add-checkpoint", new byte[AddCheckpointRequest.MaxBytes + 1])).ShouldBe(413);
        (await StatusAsync(http, "elsewhere", [])).ShouldBe(404);
        using (var got = await http.GetAsync(new Uri("add-checkpoint", UriKind.Relative))) ((int)got.StatusCode).ShouldBe(405);

        await stop.CancelAsync();
        (await serving.WaitAsync(TimeSpan.FromSeconds(10))).ShouldBeNull();
    }

    [Theory]
    [InlineData("log.vkey", "names no log")]
    [InlineData("witness.vkey", "this is the key of a witness, not of a log")]
    [InlineData("broken.vkey", "/folder/broken.vkey:2: ")]
    public async Task What_it_is_told_is_checked_before_it_listens(string logs, string because)
    {
        using var shell = new Shell();
        shell.Write("log.vkey", "# none yet\n");
        shell.Write("witness.vkey", $"{Key}\n");
        shell.Write("broken.vkey", "\nnonsense\n");
        (await shell.RunAsync("key new w.key --algorithm ed25519")).ExitCode.ShouldBe(0);

        var ran = await shell.RunAsync($"witness serve --name witness.test/w --key w.key --logs {shell.Folder}/{logs} --state state");

        ran.ExitCode.ShouldBe(2);
        ran.Error.ShouldContain(because);
    }

    public void Dispose()
    {
        _key.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static byte[] Request(int from, int to, TestLog? log = null)
    {
        log ??= new TestLog(to);
        return new AddCheckpointRequest(from, from is 0 || from > to ? [] : log.ConsistencyProof(from), log.SignedCheckpoint()).ToBytes();
    }

    private static async Task<int> StatusAsync(HttpClient http, string path, byte[] body)
    {
        using var answer = await http.PostAsync(new Uri(path, UriKind.Relative), new ByteArrayContent(body));
        return (int)answer.StatusCode;
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void ShouldBeCosigned(WitnessAnswer answer, int size)
    {
        answer.Status.ShouldBe(200, Encoding.UTF8.GetString(answer.Body));
        AddCheckpointResponse.Verify(answer.Body, new TestLog(size).SignedCheckpoint(), Key, out _, out _).IsValid.ShouldBeTrue();
    }

    private WitnessState Open()
    {
        WitnessState.Open(_folder).TryGet(out var state, out var failure).ShouldBeTrue(failure?.Detail);
        return state!;
    }

    private WitnessDesk Desk(WitnessState state) => new(new Cosigner("witness.test/w", _key), [Answers.Log.Key], state, new Standing());

    private sealed class Standing : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Shell.Noon;
    }
}
