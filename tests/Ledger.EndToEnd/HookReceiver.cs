using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ledger.EndToEnd;

/// <summary>A message as it arrived: with its headers, and its body byte for byte.</summary>
internal sealed record Hook(string Headers, byte[] Body)
{
    private readonly JsonElement _event = JsonElement.Parse(Body);

    public string Id => _event.GetProperty("id").GetString()!;

    public string Subject => _event.GetProperty("subject").GetString()!;

    public long Version => _event.GetProperty("data").GetProperty("version").GetInt64();
}

/// <summary>A receiver of webhooks that keeps what arrives, and answers as a test tells it.</summary>
internal sealed class HookReceiver : IAsyncDisposable
{
    private readonly WebApplication _web;

    private HookReceiver(WebApplication web) => _web = web;

    public ConcurrentQueue<Hook> Arrived { get; } = new();

    public Func<Hook, Task<int>> Answer { get; set; } = _ => Task.FromResult(StatusCodes.Status204NoContent);

    public string Url => new Uri(new Uri(_web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()), "/hook").ToString();

    public static async Task<HookReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        var receiver = new HookReceiver(builder.Build());
        receiver._web.Run(receiver.HandleAsync);
        await receiver._web.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private async Task HandleAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var hook = new Hook(string.Concat(http.Request.Headers.Select(header => $"{header.Key}: {header.Value}\n")), body.ToArray());
        Arrived.Enqueue(hook);
        http.Response.StatusCode = await Answer(hook);
    }
}
