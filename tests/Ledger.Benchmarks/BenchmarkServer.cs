using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace Ledger.Benchmarks;

/// <summary>A server in a process of its own, with its embedded PostgreSQL, and an admin's connections to it.</summary>
internal sealed class BenchmarkServer : IAsyncDisposable
{
    public const int Connections = 64;

    private const int TicksPerSecond = 100; // USER_HZ, as Linux has it on every platform that .NET runs on

    private readonly string _data;
    private readonly Process _process;

    private BenchmarkServer(string data, Process process, int port)
    {
        (_data, _process) = (data, process);
        Client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Connections }) { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }

    public HttpClient Client { get; }

    /// <summary>The processor time that the server has taken.</summary>
    public TimeSpan ServerTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The processor time that its PostgreSQL has taken, with the processes that it started and has ended.</summary>
    public TimeSpan DatabaseTime
    {
        get
        {
            var stats = Directory.EnumerateDirectories("/proc").Select(Stat).OfType<string[]>().ToDictionary(stat => stat[0], StringComparer.Ordinal);
            var owner = stats.Values.First(stat => stat[1] == $"{_process.Id}" || (stats.TryGetValue(stat[1], out var parent) && parent[1] == $"{_process.Id}"))[0];
            bool IsBelow(string[] stat) => stat[0] == owner || (stats.TryGetValue(stat[1], out var parent) && IsBelow(parent));
            return TimeSpan.FromSeconds(stats.Values.Where(IsBelow).Sum(stat => stat.Skip(2).Sum(ticks => double.Parse(ticks, CultureInfo.InvariantCulture))) / TicksPerSecond);
        }
    }

    public static async Task<BenchmarkServer> StartAsync()
    {
        var data = Directory.CreateTempSubdirectory("ledger-http-").FullName;
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(data, File.GetUnixFileMode(data) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        var port = FreePort();
        var server = new BenchmarkServer(data, Launch(data, port), port);
        while (!await server.IsReadyAsync()) await Task.Delay(100);
        server.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(Path.Combine(data, "tokens", "admin.token"))).Trim());
        return server;
    }

    /// <summary>Posts JSON; the answer must be 201.</summary>
    public async Task<byte[]> PostAsync(string path, string json)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(json));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var answer = await Client.PostAsync(new Uri(path, UriKind.Relative), content);
        return answer.StatusCode == HttpStatusCode.Created
            ? await answer.Content.ReadAsByteArrayAsync()
            : throw new InvalidOperationException($"{path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        using var stop = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    private static Process Launch(string data, int port)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var program = Path.Combine(output.FullName, "..", "..", "..", "..", "..", "src", "Ledger.Server", "bin", output.Parent!.Name, output.Name, "Ledger.Server.dll");
        var start = new ProcessStartInfo("dotnet", [Path.GetFullPath(program)]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LEDGER_DATA"] = data;
        start.Environment["LEDGER_PORT"] = $"{port}";
        start.Environment["Ledger__LogLevel"] = "Warning";
        var server = Process.Start(start)!;
        server.BeginOutputReadLine();
        server.BeginErrorReadLine();
        return server;
    }

    // Process, parent, and the times of itself and of the children it waited for: proc(5), fields 1, 4 and 14 to 17.
    private static string[]? Stat(string folder)
    {
        try
        {
            var text = File.ReadAllText(Path.Combine(folder, "stat"));
            var rest = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return [Path.GetFileName(folder), rest[1], .. rest[11..15]];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null; // no process, or one that has ended
        }
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await Client.GetAsync(new Uri("/health/ready", UriKind.Relative));
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
