using System.Text;
using Ledger.Integrity;
using Ledger.Integrity.Notes;
using Ledger.Integrity.Tests.Timestamps;
using Ledger.Integrity.Timestamps;
using Ledger.Server.Hosting;

namespace Ledger.Server.Tests.Witnesses;

[Collection(ServerCollection.Name)]
public sealed class TimestampTests(RunningServer cluster) : IAsyncLifetime, IDisposable
{
    private readonly LocalAuthority _authority = new();
    private OutsideWorld _outside = null!;

    public async Task InitializeAsync()
    {
        _outside = await OutsideWorld.StartAsync();
        _outside.Answer = async (http, body) =>
        {
            http.Request.ContentType.ShouldBe(TimestampRequest.MediaType);
            http.Response.ContentType = TimestampRequest.ResponseMediaType;
            byte[] answer;
            lock (_authority) answer = _authority.Answer(body);
            await http.Response.Body.WriteAsync(answer);
        };
    }

    public async Task DisposeAsync() => await _outside.DisposeAsync();

    public void Dispose() => _authority.Dispose();

    [Fact]
    public async Task An_authority_says_when_a_checkpoint_was_there_and_anybody_verifies_it_offline()
    {
        await using var server = await StartAsync(_authority.Anchors);
        var size = await server.AppendAsync();
        var answer = await WatchedServer.EventuallyAsync(async () => await server.Client.GetAsync($"v1/log/checkpoint/timestamps?size={size}") is { IsSuccessStatusCode: true } found ? found : null);

        var shown = await answer.JsonAsync();
        shown.GetProperty("size").GetInt64().ShouldBe(size);
        var note = Encoding.UTF8.GetBytes(shown.Text("checkpoint"));
        Checkpoint.Verify(note, server.LogKey.Name, server.LogKey, out var checkpoint).IsValid.ShouldBeTrue();
        checkpoint!.Size.ShouldBe(size);

        var timestamp = shown.GetProperty("timestamps").EnumerateArray().ShouldHaveSingleItem();
        Timestamp.Verify(Convert.FromBase64String(timestamp.Text("token")), Hash.Sha256(note), _authority.Anchors, nonce: [], out var verified).IsValid.ShouldBeTrue();
        verified!.Time.ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(5));
        (timestamp.GetProperty("time").GetDateTimeOffset(), timestamp.Text("authority")).ShouldBe((verified.Time, "CN=Own-TSA"));
        lock (_authority) _authority.Verifies().ShouldBeTrue();
        (await (await server.Client.PostAsync("v1/audit", null)).JsonAsync()).GetProperty("sound").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_timestamp_under_another_root_is_not_kept()
    {
        using var trusted = new LocalAuthority();
        await using var server = await StartAsync(trusted.Anchors);
        await server.AppendAsync();
        await WatchedServer.EventuallyAsync(() => Task.FromResult(cluster.Log.Contains("with no timestamp that can be believed", StringComparison.Ordinal) ? "told" : null));
        await (await server.Client.GetAsync("v1/log/checkpoint/timestamps")).ShouldBeProblemAsync(404, "timestamp_unknown");
    }

    [Fact]
    public async Task A_checkpoint_s_timestamp_is_asked_for_once()
    {
        await using var server = await StartAsync(_authority.Anchors);
        var size = await server.AppendAsync();
        await WatchedServer.EventuallyAsync(async () => await server.Client.GetAsync($"v1/log/checkpoint/timestamps?size={size}") is { IsSuccessStatusCode: true } found ? found : null);
        var asked = _outside.Asked.Count;
        await Task.Delay(TimeSpan.FromMilliseconds(300));
        _outside.Asked.Count.ShouldBe(asked);
    }

    private Task<WatchedServer> StartAsync(TimestampAnchors roots) =>
        WatchedServer.StartAsync(cluster, new WitnessSettings { Timestamps = new TimestampSetting(roots, new Uri(_outside.Address, "/tsa")) });
}
