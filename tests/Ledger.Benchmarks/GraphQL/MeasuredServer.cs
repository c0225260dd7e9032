using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace Ledger.Benchmarks.GraphQL;

/// <summary>A server in a process of its own, on the first processor where there are several; the load comes from the last.</summary>
internal sealed class MeasuredServer : IDisposable
{
    private readonly Process _process;
    private readonly int _port = FreePort();

    private MeasuredServer(string name, string program, Func<int, IEnumerable<string>> arguments)
    {
        Name = name;
        _process = Start("0", program, arguments(_port));
    }

    public string Name { get; }

    /// <summary>What every round came to.</summary>
    public List<LoadResult> Rounds { get; } = [];

    /// <summary>A server that this program is itself.</summary>
    public static MeasuredServer Own(string name) =>
        new(name, Environment.ProcessPath!, port => [.. OwnProgram(), "graphql-server", name, $"{port}"]);

    /// <summary>A server on Node.</summary>
    public static MeasuredServer OnNode(string name, string script, string data) =>
        new(name, "node", port => [script, name, $"{port}", data]);

    /// <summary>The answer to one request, once the server is there.</summary>
    public async Task<string> AskAsync(string request)
    {
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_port}") };
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var content = new StringContent(request, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
                using var answer = await client.PostAsync(new Uri("/graphql", UriKind.Relative), content);
                return await answer.Content.ReadAsStringAsync();
            }
            catch (HttpRequestException) when (attempt < 100 && !_process.HasExited)
            {
                await Task.Delay(100);
            }
        }
    }

    /// <summary>Lets wrk ask for so long.</summary>
    public async Task<LoadResult> LoadAsync(int connections, TimeSpan duration, string script)
    {
        var last = $"{Environment.ProcessorCount - 1}";
        using var load = Start(last, "wrk", ["-t1", $"-c{connections}", $"-d{duration.TotalSeconds}s", "-s", script, $"http://127.0.0.1:{_port}/graphql"]);
        var output = await load.StandardOutput.ReadToEndAsync();
        await load.WaitForExitAsync();
        if (Array.Find(output.Split('\n'), each => each.StartsWith("result ", StringComparison.Ordinal)) is not { } line)
            throw new InvalidOperationException($"wrk measured nothing of {Name}: {output}");
        var figures = Array.ConvertAll(line.Split(' ')[1..], text => double.Parse(text, CultureInfo.InvariantCulture));
        if (figures[3] > 0) throw new InvalidOperationException($"{Name} failed {figures[3]} times.");
        return new LoadResult(figures[0], figures[1], figures[2], 0, 0);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    // Run by dotnet, the program is the first argument.
    private static IEnumerable<string> OwnProgram() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(MeasuredServer).Assembly.Location] : [];

    private static Process Start(string processor, string program, IEnumerable<string> arguments)
    {
        var start = Environment.ProcessorCount > 1
            ? new ProcessStartInfo("taskset", ["-c", processor, program, .. arguments])
            : new ProcessStartInfo(program, arguments);
        start.RedirectStandardOutput = true;
        start.Environment["NODE_ENV"] = "production";
        return Process.Start(start)!;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
