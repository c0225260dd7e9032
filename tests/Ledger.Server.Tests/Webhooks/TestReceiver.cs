using System.Collections.Concurrent;
using System.Text.Json;
using Ledger.Integrity.Webhooks;
using Ledger.Server.Outbound;
using Ledger.Server.Tests.Witnesses;
using Ledger.Server.Webhooks;
using Ledger.Store.Outbox;
using Microsoft.AspNetCore.Http;

namespace Ledger.Server.Tests.Webhooks;

/// <summary>A message as it arrived, its signature checked.</summary>
internal sealed record Delivered(string Id, JsonElement Event, byte[] Body)
{
    public string Subject => Event.Text("subject");

    public long Version => Event.GetProperty("data").GetProperty("version").GetInt64();
}

/// <summary>A receiver of webhooks on this machine, over HTTP: it checks every signature, and answers as a test tells it.</summary>
internal sealed class TestReceiver : IAsyncDisposable
{
    public const string SecretText = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static int s_receivers;

    private readonly OutsideWorld _world;

    private TestReceiver(OutsideWorld world)
    {
        _world = world;
        _world.Answer = AnswerAsync;
    }

    public string Name { get; } = $"receiver-{Interlocked.Increment(ref s_receivers)}";

    public Uri Address => _world.Address;

    /// <summary>Every message that arrived, in order, whatever was answered.</summary>
    public ConcurrentQueue<Delivered> Arrived { get; } = new();

    /// <summary>Those that were answered with success.</summary>
    public ConcurrentQueue<Delivered> Taken { get; } = new();

    /// <summary>What was wrong with what arrived; none may be.</summary>
    public ConcurrentQueue<string> Wrong { get; } = new();

    /// <summary>The status that it answers.</summary>
    public Func<Delivered, HttpContext, Task<int>> Status { get; set; } = (_, _) => Task.FromResult(204);

    public static WebhookSecret Secret => WebhookSecret.TryParse(SecretText, out var secret, out _) ? secret : throw new InvalidOperationException();

    public static async Task<TestReceiver> StartAsync() => new(await OutsideWorld.StartAsync());

    /// <summary>It, as an operator would configure it.</summary>
    public WebhookReceiver Setting(string? service = null, int attempts = 20, bool wait = false, string[]? events = null) => new(
        new OutboxReceiver(Name, events, service is null ? null : [service], wait), new Uri(Address, "/hooks/path-that-is-secret"), [Secret], AddressRule.LoopbackOnly, attempts);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    private async Task AnswerAsync(HttpContext http, byte[] body)
    {
        // The ledger's clock may be a test's: whether the timestamp is near is another test's matter.
        var verification = WebhookSignature.Verify(
            http.Request.Headers[WebhookSignature.IdHeader]!, http.Request.Headers[WebhookSignature.TimestampHeader]!, http.Request.Headers[WebhookSignature.SignatureHeader]!, body, Secret, null);
        if (!verification.IsValid) Wrong.Enqueue(verification.Reason);
        if (http.Request.ContentType != "application/cloudevents+json; charset=utf-8") Wrong.Enqueue($"{http.Request.ContentType}");
        var delivered = new Delivered(http.Request.Headers[WebhookSignature.IdHeader]!, JsonElement.Parse(body), body);
        Arrived.Enqueue(delivered);
        var status = await Status(delivered, http);
        if (status < 300) Taken.Enqueue(delivered);
        if (!http.Response.HasStarted) http.Response.StatusCode = status;
    }
}
