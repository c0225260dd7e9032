using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Ledger.Server.Tests.Witnesses;

/// <summary>A small HTTP server that is not ours, on this machine: it does what a test tells it, and remembers who asked for what.</summary>
internal sealed class OutsideWorld : IAsyncDisposable
{
    private readonly WebApplication _web;

    private OutsideWorld(WebApplication web) => _web = web;

    /// <summary>The paths that were asked for, in order.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>What it answers; the request's body is there already.</summary>
    public Func<HttpContext, byte[], Task> Answer { get; set; } = (http, _) =>
    {
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    };

    public Uri Address { get; private set; } = null!;

    /// <param name="certificate">What it shows over TLS; null for none.</param>
    public static async Task<OutsideWorld> StartAsync(X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        if (certificate is not null) builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null) listen.UseHttps(certificate);
        }));
        var web = builder.Build();
        var world = new OutsideWorld(web);
        web.Run(world.HandleAsync);
        await web.StartAsync();
        world.Address = new Uri(web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return world;
    }

    public async ValueTask DisposeAsync()
    {
        await _web.StopAsync();
        await _web.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext http)
    {
        Asked.Enqueue(http.Request.Path);
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        await Answer(http, body.ToArray());
    }
}
