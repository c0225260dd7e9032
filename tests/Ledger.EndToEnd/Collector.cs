using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ledger.EndToEnd;

/// <summary>A collector of telemetry (OTLP 1.x, over HTTP or gRPC): it takes everything, and keeps the bytes.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication _web;

    private Collector(WebApplication web) => _web = web;

    /// <summary>What arrived, by the path that it was sent to. Texts stand in protobuf as they are.</summary>
    public ConcurrentQueue<(string Path, string Body)> Arrived { get; } = new();

    public string Url => _web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <param name="grpc">Whether it speaks gRPC, which is HTTP/2 without an upgrade here; protobuf over HTTP/1.1 otherwise.</param>
    public static async Task<Collector> StartAsync(bool grpc)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = grpc ? HttpProtocols.Http2 : HttpProtocols.Http1));
        var collector = new Collector(builder.Build());
        collector._web.Run(collector.TakeAsync);
        await collector._web.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        Arrived.Enqueue((http.Request.Path, Encoding.Latin1.GetString(body.ToArray())));
        if (!HttpProtocol.IsHttp2(http.Request.Protocol)) return;
        http.Response.ContentType = "application/grpc";
        await http.Response.Body.WriteAsync(new byte[5]); // an empty message: not compressed, length 0
        http.Response.AppendTrailer("grpc-status", "0");
    }
}
