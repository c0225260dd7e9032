using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace Ledger.Benchmarks;

/// <summary>Attestations and small reports over HTTP, with token and JSON, at 64 connections: the server is a process of its own.</summary>
internal static class HttpBenchmark
{
    private const int Connections = 64;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(6);

    private const string Policy =
        """{"name":"benchmark","gates":[{"name":"ready","checks":["seen"]},{"name":"load","tool":"measurements","criteria":[{"metric":"latency.p95","comparator":"<","threshold":"120ms"}]}]}""";

    public static async Task RunAsync()
    {
        var data = Directory.CreateTempSubdirectory("ledger-http-").FullName;
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(data, File.GetUnixFileMode(data) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        var port = FreePort();
        using var server = Start(data, port);
        try
        {
            using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Connections }) { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
            while (!await IsReadyAsync(client)) await Task.Delay(100);
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(Path.Combine(data, "tokens", "admin.token"))).Trim());

            await PostAsync(client, "/v1/policies", Policy);
            for (var i = 0; i < Connections; i++)
            {
                await PostAsync(client, "/v1/releases", $$"""
                    {"release":"bench/v{{i}}","policy":"benchmark","commit":"4be1c0ffee1","environment":"production",
                     "artifacts":[{"name":"app","digest":"sha256:8d9001d32c6a703d95921a77115050f33dd823d3f1730bd35215dcbecad6dc20"}]}
                    """);
            }

            Task Attest(int caller, int i) => PostAsync(client, $"/v1/releases/bench/v{caller}/gates/ready/attestations", """{"note":"seen"}""");
            Task Report(int caller, int i) => PostAsync(
                client, $"/v1/releases/bench/v{caller}/gates/load/reports", $$"""{"measurements":[{"name":"latency.p95","value":{{i % 100}},"unit":"ms"}]}""");
            foreach (var (name, request) in new (string, Func<int, int, Task>)[] { ("attest", Attest), ("report", Report) })
            {
                await Load.RunAsync(Connections, Round, request); // the server's code is compiled as it runs
                var results = new List<LoadResult>();
                for (var round = 0; round < 3; round++) results.Add(await Load.RunAsync(Connections, Round, request));
                Figures.Figure($"http_{name}_rate", Figures.Median(results, result => result.PerSecond), "per_second");
                Figures.Figure($"http_{name}_p50", Figures.Median(results, result => result.P50Ms), "ms");
                Figures.Figure($"http_{name}_p99", Figures.Median(results, result => result.P99Ms), "ms");
            }
        }
        finally
        {
            using var stop = Process.Start("kill", ["-TERM", $"{server.Id}"]);
            await server.WaitForExitAsync();
            Directory.Delete(data, recursive: true);
        }
    }

    private static Process Start(string data, int port)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var program = Path.Combine(output.FullName, "..", "..", "..", "..", "..", "src", "Ledger.Server", "bin", output.Parent!.Name, output.Name, "Ledger.Server.dll");
        var start = new ProcessStartInfo("dotnet", [Path.GetFullPath(program)]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LEDGER_DATA"] = data;
        start.Environment["LEDGER_PORT"] = $"{port}";
        var server = Process.Start(start)!;
        server.BeginOutputReadLine();
        server.BeginErrorReadLine();
        return server;
    }

    private static async Task PostAsync(HttpClient client, string path, string json)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(json));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var answer = await client.PostAsync(new Uri(path, UriKind.Relative), content);
        if (answer.StatusCode != HttpStatusCode.Created)
            throw new InvalidOperationException($"{path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        await answer.Content.ReadAsByteArrayAsync();
    }

    private static async Task<bool> IsReadyAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
