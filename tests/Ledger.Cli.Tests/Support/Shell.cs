using System.Text;
using System.Text.Json;
using Ledger.Cli.Pins;

namespace Ledger.Cli.Tests.Support;

/// <summary>What a command came to.</summary>
internal sealed record Ran(string Typed, int ExitCode, string Out, string Error)
{
    /// <summary>All of it, as a person would have seen it: results as they are, everything else after <c>!</c>.</summary>
    public string Transcript
    {
        get
        {
            var text = new StringBuilder($"$ ledger {Typed}\n").Append(Out);
            foreach (var line in Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)) text.Append("! ").Append(line).Append('\n');
            return text.Append($"= {ExitCode}\n").ToString();
        }
    }

    public JsonElement Json => JsonDocument.Parse(Out).RootElement;
}

/// <summary>A place to type commands in: a folder of its own, an environment of its own, a clock that stands still at noon.</summary>
internal sealed class Shell : IDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    public Dictionary<string, string> Variables { get; } = new() { ["LEDGER_TOKEN"] = "ldg_secret" };

    public Shell() => Variables["LEDGER_STATE"] = State;

    public string Folder { get; } = Directory.CreateTempSubdirectory("ledger-cli-").FullName;

    /// <summary>Where the tool remembers things.</summary>
    public string State { get; } = Directory.CreateTempSubdirectory("ledger-state-").FullName;

    public string ProgramFolder { get; set; } = "/usr/bin";

    public bool Terminal { get; set; }

    /// <summary>Whether somebody sits at standard input.</summary>
    public bool Person { get; set; }

    public byte[] Input { get; set; } = [];

    /// <summary>Where somebody works who has met the server's log before.</summary>
    public static Shell At(ScriptedServer server)
    {
        var shell = Stranger(server);
        shell.Remember(server);
        return shell;
    }

    /// <summary>Where somebody works who has never met the server.</summary>
    public static Shell Stranger(ScriptedServer server)
    {
        var shell = new Shell();
        shell.Variables["LEDGER_URL"] = server.Url;
        return shell;
    }

    /// <summary>Pins the server's log as it is.</summary>
    public void Remember(ScriptedServer server) => Remember(Pin.Of(server.Log.Key, server.Log.SignedCheckpoint().ToString(), [server.Url], out _)!);

    public void Remember(Pin pin) => PinStore.Open(Here(TextWriter.Null, TextWriter.Null))!.ReplaceAsync(null, pin, default).GetAwaiter().GetResult();

    public string Write(string name, string content)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    /// <summary>Runs one command; <c>'…'</c> keeps blanks together, as in a shell.</summary>
    public async Task<Ran> RunAsync(string typed)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await CommandLine.RunAsync(Split(typed), Here(output, error));
        return new Ran(typed, exitCode, Tidy(output.ToString()), Tidy(error.ToString()));
    }

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        Directory.Delete(State, recursive: true);
    }

    private Surroundings Here(TextWriter output, TextWriter error) => new()
    {
        Out = output,
        Error = error,
        OpenInput = () => new MemoryStream(Input),
        OutIsTerminal = Terminal,
        InIsTerminal = Person,
        Width = 100,
        Variable = name => Variables.GetValueOrDefault(name),
        CurrentFolder = Folder,
        ProgramFolder = ProgramFolder,
        Time = new StandingClock(Noon),
    };

    // What differs from run to run has one name in every transcript.
    private string Tidy(string text)
    {
        text = text.Replace(Folder, "/folder").Replace(State, "/state");
        return Variables.TryGetValue("LEDGER_URL", out var url) ? text.Replace(url, "https://ledger.test") : text;
    }

    private static List<string> Split(string typed) =>
        [.. typed.Split('\'').SelectMany((part, place) => place % 2 == 1 ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries))];

    private sealed class StandingClock(DateTimeOffset time) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => time;
    }
}
