using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.Json;
using Npgsql;

namespace Ledger.EndToEnd;

/// <summary>A server with an embedded PostgreSQL in a folder of its own, and the tool that talks to it: real processes, as an operator runs them.</summary>
internal sealed class Installation : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PatienceWithScripts = TimeSpan.FromMinutes(10);

    private readonly string _data;
    private readonly Dictionary<string, string> _settings;
    private string _state = Directory.CreateTempSubdirectory("ledger-e2e-state-").FullName;
    private readonly int _port = FreePort();
    private Process? _server;

    /// <param name="settings">What the server finds in its environment.</param>
    public Installation(Dictionary<string, string>? settings = null)
    {
        _settings = settings ?? [];
        // As root PostgreSQL runs as another user, who has to reach the folder.
        _data = Directory.CreateTempSubdirectory("ledger-e2e-").FullName;
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_data, File.GetUnixFileMode(_data) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        Client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_port}") };
    }

    public HttpClient Client { get; }

    /// <summary>Where the tool's files go: its current folder.</summary>
    public string Folder => _data;

    public string Url => Client.BaseAddress!.ToString().TrimEnd('/');

    public string Log { get; private set; } = string.Empty;

    public string Token(string role) => File.ReadAllText(Path.Combine(_data, "tokens", $"{role}.token")).Trim();

    public static async Task<Installation> StartAsync()
    {
        var installation = new Installation();
        await installation.StartServerAsync();
        return installation;
    }

    public async Task StartServerAsync()
    {
        _server = Launch(_port);
        var clock = Stopwatch.StartNew();
        while (!await IsReadyAsync())
        {
            _server.HasExited.ShouldBeFalse(Log);
            clock.Elapsed.ShouldBeLessThan(Patience, Log);
            await Task.Delay(50);
        }
    }

    /// <summary>A copy of everything that the stopped server has: database, log key, checkpoint. What the tool remembers is not the server's.</summary>
    public async Task<string> BackUpAsync()
    {
        _server!.HasExited.ShouldBeTrue();
        var copy = _data + ".copy";
        (await RunAsync("cp", ["-a", _data, copy])).Exit.ShouldBe(0);
        return copy;
    }

    /// <summary>Puts the copy in place of what the stopped server has.</summary>
    public async Task RestoreAsync(string copy)
    {
        _server!.HasExited.ShouldBeTrue();
        (await RunAsync("sh", ["-c", $"rm -rf '{_data}'/* && cp -a '{copy}'/. '{_data}'"])).Exit.ShouldBe(0);
    }

    /// <summary>A second server over the same folder.</summary>
    public async Task<(int Exit, string Log)> StartSecondAsync()
    {
        using var second = Launch(FreePort());
        await second.WaitForExitAsync().WaitAsync(Patience);
        return (second.ExitCode, Log);
    }

    public bool Runs => _server is { HasExited: false };

    public void KillServer()
    {
        _server!.Kill();
        _server.WaitForExit();
    }

    public async Task<int> TerminateServerAsync()
    {
        Kill(_server!.Id, 15).ShouldBe(0);
        await _server.WaitForExitAsync().WaitAsync(Patience);
        return _server.ExitCode;
    }

    /// <summary>Until it is disposed the tool is run by somebody who remembers nothing.</summary>
    public IDisposable Strangers()
    {
        var (mine, theirs) = (_state, Directory.CreateTempSubdirectory("ledger-e2e-state-").FullName);
        _state = theirs;
        return new Return(() =>
        {
            _state = mine;
            Directory.Delete(theirs, recursive: true);
        });
    }

    /// <summary>Runs the tool.</summary>
    public Task<(int Exit, string Output, string Error)> RunAsync(params string[] arguments) =>
        RunAsync("dotnet", [Repository.Program("Ledger.Cli", "ledger.dll"), .. arguments]);

    /// <summary>Begins to deliver a spool, in a process that may be killed.</summary>
    public Process Flush(string spool) => Process.Start(Tool("dotnet", [Repository.Program("Ledger.Cli", "ledger.dll"), "spool", "flush", spool]))!;

    /// <summary>Runs a script of the repository that is given the tool.</summary>
    public async Task<(int Exit, string Output, string Error)> RunScriptAsync(string script)
    {
        var tool = Path.Combine(_data, "ledger");
        await File.WriteAllTextAsync(tool, $"#!/bin/sh\nexec dotnet '{Repository.Program("Ledger.Cli", "ledger.dll")}' \"$@\"\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(tool, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return await RunAsync("bash", [script, tool], PatienceWithScripts);
    }

    public async Task<JsonElement> JsonAsync(params string[] arguments)
    {
        var (_, output, error) = await RunAsync([.. arguments, "--json"]);
        output.ShouldNotBeEmpty(error);
        return JsonDocument.Parse(output).RootElement;
    }

    /// <summary>Changes the database as a superuser who goes round the triggers.</summary>
    public Task TamperAsync(string sql) => ExecuteAsync($"set session_replication_role = replica; {sql}");

    /// <summary>Runs a statement as the database's superuser.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var database = NpgsqlDataSource.Create(await DatabaseAsync());
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>How the superuser connects.</summary>
    public async Task<string> DatabaseAsync()
    {
        var settings = (await File.ReadAllTextAsync(Path.Combine(_data, "postgres", "admin.conninfo"))).Trim()
            .Split(' ').Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => part[1].Trim('\''), StringComparer.Ordinal);
        return new NpgsqlConnectionStringBuilder
        {
            Host = settings["host"], Port = int.Parse(settings.GetValueOrDefault("port", "5432"), System.Globalization.CultureInfo.InvariantCulture),
            Username = settings["user"], Password = settings["password"], Database = settings["dbname"],
        }.ConnectionString;
    }

    /// <summary>What another node over the same database and log needs, beside settings that both have.</summary>
    /// <param name="isKnown">Whether it was there before.</param>
    public async Task<Dictionary<string, string>> NodeSettingsAsync(bool isKnown = false)
    {
        var owner = new NpgsqlConnectionStringBuilder(await DatabaseAsync());
        await using var database = NpgsqlDataSource.Create(owner.ConnectionString);
        await using var command = database.CreateCommand("create role second_node login password 'second' in role ledger_app");
        if (!isKnown) await command.ExecuteNonQueryAsync();
        return new(_settings)
        {
            ["Ledger__OwnerConnectionString"] = owner.ConnectionString,
            ["Ledger__ConnectionString"] = new NpgsqlConnectionStringBuilder(owner.ConnectionString) { Username = "second_node", Password = "second" }.ConnectionString,
            ["Ledger__KeyFile"] = Path.Combine(_data, "keys", "log.key"), ["Ledger__Origin"] = (await File.ReadAllTextAsync(Path.Combine(_data, "origin"))).Trim(),
        };
    }

    /// <summary>The server does nothing until it is resumed.</summary>
    public void PauseServer() => Kill(_server!.Id, 19).ShouldBe(0);

    public void ResumeServer() => Kill(_server!.Id, 18).ShouldBe(0);

    /// <summary>Another node over the same database, with its own folder, its own login and the same log key; it is the caller's to end.</summary>
    /// <param name="folder">Its own.</param>
    /// <param name="isKnown">Whether it was there before.</param>
    public async Task<Process> StartNodeAsync(string folder, bool isKnown = false)
    {
        var port = FreePort();
        var node = Launch(port, new Dictionary<string, string>(await NodeSettingsAsync(isKnown)) { ["LEDGER_DATA"] = folder });
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        var clock = Stopwatch.StartNew();
        while (!await IsReadyAsync(client))
        {
            node.HasExited.ShouldBeFalse(Log);
            clock.Elapsed.ShouldBeLessThan(Patience, Log);
            await Task.Delay(50);
        }

        return node;
    }

    public bool PostgresRuns() =>
        Process.GetProcessesByName("postgres").Any(process => File.Exists($"/proc/{process.Id}/cmdline") && File.ReadAllText($"/proc/{process.Id}/cmdline").Contains(_data, StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        if (_server is { HasExited: false }) await TerminateServerAsync();
        _server?.Dispose();
        Client.Dispose();
        Directory.Delete(_data, recursive: true);
        Directory.Delete(_state, recursive: true);
        if (Directory.Exists(_data + ".copy")) Directory.Delete(_data + ".copy", recursive: true);
    }

    private Process Launch(int port, Dictionary<string, string>? settings = null)
    {
        var start = new ProcessStartInfo("dotnet", [Repository.Program("Ledger.Server", "Ledger.Server.dll")])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["LEDGER_DATA"] = _data;
        start.Environment["LEDGER_PORT"] = $"{port}";
        foreach (var (name, value) in _settings) if (value.Length > 0) start.Environment[name] = value;
        foreach (var (name, value) in settings ?? []) start.Environment[name] = value;
        var server = Process.Start(start)!;
        server.OutputDataReceived += Keep;
        server.ErrorDataReceived += Keep;
        server.BeginOutputReadLine();
        server.BeginErrorReadLine();
        return server;
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (this) Log += line.Data + "\n";
    }

    private async Task<(int Exit, string Output, string Error)> RunAsync(string program, string[] arguments, TimeSpan? patience = null)
    {
        using var process = Process.Start(Tool(program, arguments))!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(patience ?? Patience);
        return (process.ExitCode, await output, await error);
    }

    private ProcessStartInfo Tool(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _data };
        start.Environment["LEDGER_DATA"] = _data;
        start.Environment["LEDGER_PORT"] = $"{_port}";
        start.Environment["LEDGER_STATE"] = _state;
        start.Environment["NO_COLOR"] = "1";
        return start;
    }

    private Task<bool> IsReadyAsync() => IsReadyAsync(Client);

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

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);

    private sealed class Return(Action action) : IDisposable
    {
        public void Dispose() => action();
    }
}
