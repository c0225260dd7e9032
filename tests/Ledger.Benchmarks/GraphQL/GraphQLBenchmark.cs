using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Ledger.Benchmarks.GraphQL;

/// <summary>
/// One query by id over HTTP, against the servers that are most used, and against an answer written by hand on the same web server. All
/// serve the same releases; their answers are compared before they are measured, and their rounds alternate.
/// </summary>
internal static class GraphQLBenchmark
{
    private const int Connections = 32;
    private const int Rounds = 5;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(3);

    private const string Request =
        """{"query":"query R($id: ID!){release(id:$id){version gates{name status evidence{url sha256}} signOffs{role signer verified}}}","variables":{"id":"r007"}}""";

    public static async Task RunAsync()
    {
        var peers = Path.Combine(Beside(), "Peers");
        Install(peers);
        var data = Path.GetTempFileName();
        BenchmarkReleases.Write(data);
        var servers = new List<MeasuredServer>();
        try
        {
            var script = Path.Combine(peers, "peers.js");
            servers.Add(MeasuredServer.Own("engine"));
            servers.Add(MeasuredServer.Own("by-hand"));
            foreach (var name in new[] { "graphql-js", "graphql-js-cached", "mercurius" }) servers.Add(MeasuredServer.OnNode(name, script, data));
            await CompareAsync(servers);
            var load = Path.Combine(peers, "load.lua");
            foreach (var server in servers) await server.LoadAsync(Connections, WarmUp, load);
            for (var round = 0; round < Rounds; round++)
            {
                foreach (var server in servers) server.Rounds.Add(await server.LoadAsync(Connections, Round, load));
            }
        }
        finally
        {
            servers.ForEach(server => server.Dispose());
            File.Delete(data);
        }

        Print(servers);
    }

    private static async Task CompareAsync(List<MeasuredServer> servers)
    {
        var expected = await servers[0].AskAsync(Request);
        Figures.Figure("graphql_answer", expected.Length, "bytes");
        foreach (var server in servers.Skip(1))
        {
            var answer = await server.AskAsync(Request);
            if (answer != expected) throw new InvalidOperationException($"{server.Name} answers otherwise: {answer}");
        }
    }

    private static void Print(List<MeasuredServer> servers)
    {
        foreach (var server in servers)
        {
            var name = server.Name.Replace('-', '_');
            Figures.Figure($"graphql_{name}_rate", Figures.Median(server.Rounds, round => round.PerSecond), "per_second");
            Figures.Figure($"graphql_{name}_p50", Figures.Median(server.Rounds, round => round.P50Ms), "ms");
            Figures.Figure($"graphql_{name}_p99", Figures.Median(server.Rounds, round => round.P99Ms), "ms");
        }

        // By rounds: what slows the machine down for a while slows both.
        var engine = servers[0].Rounds;
        foreach (var peer in servers.Skip(1))
        {
            var name = peer.Name.Replace('-', '_');
            Figures.Ratio($"graphql_rate_to_{name}", Figures.Median(engine.Zip(peer.Rounds), pair => pair.First.PerSecond / pair.Second.PerSecond));
            Figures.Ratio($"graphql_p99_to_{name}", Figures.Median(engine.Zip(peer.Rounds), pair => pair.First.P99Ms / pair.Second.P99Ms));
        }
    }

    private static void Install(string peers)
    {
        if (!Directory.Exists(Path.Combine(peers, "node_modules", "mercurius"))) Run("npm", ["ci", "--silent"], peers);
        if (Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "wrk")))) return;
        Run("apt-get", ["install", "-y", "-q", "--no-install-recommends", "wrk"], peers);
    }

    private static void Run(string program, string[] arguments, string folder)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}; Node.js 20 or newer with npm, and wrk, are needed.");
    }

    private static string Beside([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
