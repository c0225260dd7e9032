using System.Diagnostics;
using System.Runtime.CompilerServices;
using Ledger.Store.Embedded;

namespace Ledger.Store.Tests.Embedded;

/// <summary>A ledger server in a process of its own, to be killed: this assembly, run again with the data directory in an environment variable.</summary>
internal sealed class OtherServer : IDisposable
{
    private const string Variable = "LEDGER_TESTS_OTHER_SERVER";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Process _process;

    private OtherServer(Process process) => _process = process;

    public int ProcessId => _process.Id;

    /// <summary>Starts the process; PostgreSQL is not ready yet.</summary>
    public static OtherServer Start(string dataDirectory, string? user = null, string? temporaryFiles = null)
    {
        var start = Command.Describe("dotnet", user, "exec", typeof(OtherServer).Assembly.Location);
        start.Environment[Variable] = dataDirectory;
        if (temporaryFiles is not null) start.Environment["TMPDIR"] = temporaryFiles;
        return new OtherServer(Process.Start(start)!);
    }

    /// <summary>Waits until its PostgreSQL runs.</summary>
    public async Task<(string ConnectionString, int Postmaster)> ReadyAsync()
    {
        var line = await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience) ?? throw new InvalidOperationException(await _process.StandardError.ReadToEndAsync());
        var parts = line.Split('\t');
        return (parts[1], int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>kill -9: nothing is stopped or tidied.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Lets it stop PostgreSQL and end.</summary>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.StandardInput.Close();
            if (!_process.WaitForExit(Patience)) Kill();
        }

        _process.Dispose();
    }

    // No asynchronous method of this assembly: until its initializer has ended, its code runs on no other thread.
    [ModuleInitializer]
    internal static void RunIfAsked()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { } dataDirectory) return;
        var options = new EmbeddedPostgresOptions { DataDirectory = dataDirectory, StartTimeout = Patience };
        var postgres = EmbeddedPostgres.StartAsync(options).GetAwaiter().GetResult();
        Console.WriteLine($"{postgres.ProcessId}\t{postgres.ConnectionString}");
        Console.In.ReadToEnd();
        postgres.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
