using Ledger.Integrity.Keys;
using Ledger.Integrity.Notes;
using Ledger.Server.Hosting;
using Microsoft.AspNetCore.Http;

namespace Ledger.Server.Tests.Witnesses;

[Collection(ServerCollection.Name)]
public sealed class WitnessTests(RunningServer cluster) : IAsyncLifetime, IDisposable
{
    private readonly TestWitness _witness = new();
    private OutsideWorld _outside = null!;

    public async Task InitializeAsync()
    {
        _outside = await OutsideWorld.StartAsync();
        _outside.Answer = _witness.AnswerAsync;
    }

    public async Task DisposeAsync() => await _outside.DisposeAsync();

    public void Dispose() => _witness.Dispose();

    private WitnessSettings Settings => new() { Witnesses = [new WitnessSetting(_witness.Cosigner.VerifierKey, new Uri(_outside.Address, "/w"))] };

    private VerifierKey Key => _witness.Cosigner.VerifierKey;

    [Fact]
    public async Task A_witness_follows_the_log_by_proofs_from_what_it_saw_last()
    {
        await using var server = await StartAsync();
        (await server.WitnessedAsync(await server.AppendAsync(), Key)).Cosignatures.ShouldHaveSingleItem().Witness.ShouldBe(Key);
        var size = await server.AppendAsync();
        (await server.WitnessedAsync(size, Key)).Checkpoint.Size.ShouldBe(size);

        // The newest checkpoint has its cosignature where everybody looks for it, and the seal still has one signature.
        Checkpoint.Verify(await server.Client.GetByteArrayAsync("checkpoint"), server.LogKey.Name, server.LogKey, [Key], out var newest).IsValid.ShouldBeTrue();
        newest!.Cosignatures.ShouldHaveSingleItem();
        var audit = await (await server.Client.PostAsync("v1/audit", null)).JsonAsync();
        audit.GetProperty("sound").GetBoolean().ShouldBeTrue(audit.ToString());

        var asked = _witness.Requests.Where(request => request.Status != 404).ToList();
        asked.ShouldAllBe(request => request.Status == 200);
        asked[0].Old.ShouldBe(0);
        asked.Select(request => request.Old).ShouldBeInOrder();
        asked[^1].Old.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_witness_that_holds_more_than_was_known_is_given_the_proof_from_there()
    {
        var answers = 0;
        _outside.Answer = async (http, body) =>
        {
            // The first cosignature is lost on its way.
            if (_witness.Log is null || Interlocked.Increment(ref answers) > 1)
            {
                await _witness.AnswerAsync(http, body);
                return;
            }

            await _witness.AnswerAsync(new DefaultHttpContext { Request = { Path = http.Request.Path } }, body);
            http.Response.StatusCode = StatusCodes.Status502BadGateway;
        };
        await using var server = await StartAsync();
        await server.WitnessedAsync(await server.AppendAsync(), Key);
        _witness.Requests.ShouldContain(request => request.Status == 409);
    }

    [Fact]
    public async Task A_log_that_was_set_back_is_told_of_by_its_witness_and_not_cosigned()
    {
        await using var server = await StartAsync(known: false);
        _witness.Latest = new WitnessedTree(1_000_000, new Integrity.Hash(new byte[32]));
        _witness.Log = server.LogKey;
        await WatchedServer.EventuallyAsync(() => Task.FromResult(cluster.Log.Contains("has seen a tree of 1000000 leaves", StringComparison.Ordinal) ? "told" : null));
        await (await server.Client.GetAsync("v1/log/checkpoint/witnessed")).ShouldBeProblemAsync(404, "checkpoint_unknown");
    }

    [Fact]
    public async Task A_log_that_forked_is_told_of_by_its_witness_and_not_cosigned()
    {
        await using var server = await StartAsync(known: false);
        var size = await server.AppendAsync();
        await server.AppendAsync();
        _witness.Latest = new WitnessedTree(size, new Integrity.Hash(new byte[32]));
        _witness.Log = server.LogKey;
        await WatchedServer.EventuallyAsync(() => Task.FromResult(cluster.Log.Contains($"has seen another tree of {size} leaves", StringComparison.Ordinal) ? "told" : null));
        await (await server.Client.GetAsync("v1/log/checkpoint/witnessed")).ShouldBeProblemAsync(404, "checkpoint_unknown");
    }

    public static TheoryData<string> WrongAnswers => ["nothing", "another key", "a redirect", "far too much", "an error"];

    [Theory]
    [MemberData(nameof(WrongAnswers))]
    public async Task What_is_not_the_witness_s_cosignature_is_not_kept(string answer)
    {
        using var key = SigningKey.Generate(KeyAlgorithm.Ed25519);
        var impostor = new Cosigner(Key.Name, key);
        _outside.Answer = async (http, body) =>
        {
            AddCheckpointRequest.TryParse(body, out var request, out _).ShouldBeTrue();
            Checkpoint.TryParse(request!.Checkpoint.Text, out var checkpoint, out _).ShouldBeTrue();
            switch (answer)
            {
                case "another key": await http.Response.Body.WriteAsync(AddCheckpointResponse.Write(impostor.Cosign(checkpoint!, 1))); break;
                case "a redirect": http.Response.Redirect(new Uri(_outside.Address, "/elsewhere").ToString(), permanent: false, preserveMethod: true); break;
                case "far too much": await http.Response.Body.WriteAsync(new byte[AddCheckpointResponse.MaxBytes + 1]); break;
                case "an error": http.Response.StatusCode = StatusCodes.Status500InternalServerError; break;
            }
        };
        await using var server = await StartAsync();
        var size = await server.AppendAsync();
        await WatchedServer.EventuallyAsync(() => Task.FromResult(_outside.Asked.Count > 3 ? "asked" : null));

        (await server.Store.Cosignatures.LatestSizeAsync(Key)).ShouldBe(0);
        _outside.Asked.ShouldAllBe(path => path == "/w/add-checkpoint");

        // It goes on asking: when the witness is itself again, it cosigns.
        _outside.Answer = _witness.AnswerAsync;
        await server.WitnessedAsync(size, Key);
    }

    private async Task<WatchedServer> StartAsync(bool known = true)
    {
        var server = await WatchedServer.StartAsync(cluster, Settings);
        if (known) _witness.Log = server.LogKey;
        return server;
    }
}
