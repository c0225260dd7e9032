using System.Text.RegularExpressions;
using Ledger.Testing;

namespace Ledger.EndToEnd;

/// <summary>Replays a release of the documents, and looks at what the tool then tells people.</summary>
internal sealed partial class Replay : IAsyncDisposable
{
    private readonly Installation _ledger = new(new() { ["Ledger__Sandbox"] = "true" });

    public static async Task<Replay> BeginAsync()
    {
        var replay = new Replay();
        await replay._ledger.StartServerAsync();
        return replay;
    }

    /// <summary>Runs a script of the samples.</summary>
    public async Task RunAsync(string service, string script)
    {
        var (exit, output, error) = await _ledger.RunScriptAsync(Path.Combine(Repository.Samples, service, script));
        exit.ShouldBe(0, $"{service}/{script}\n{output}{error}");
    }

    /// <summary>Runs a script once more, which appends nothing.</summary>
    public async Task RepeatAsync(string service, string script)
    {
        var before = await CountAsync();
        await RunAsync(service, script);
        (await CountAsync()).ShouldBe(before);
    }

    /// <summary>The status of a release says all of it, in this order.</summary>
    public async Task StatusTellsAsync(string release, params IEnumerable<string> sentences) => ShouldTell(await DoAsync("release", "status", release), sentences);

    /// <summary>The history of a release says all of it, in this order.</summary>
    public async Task HistoryTellsAsync(string release, params IEnumerable<string> sentences) => ShouldTell(await DoAsync("release", "history", release), sentences);

    /// <summary>Every event that the table of a policy names is in the history.</summary>
    public async Task HoldsAsync(string release, string policy)
    {
        var history = (await _ledger.JsonAsync("release", "history", release)).GetProperty("events").EnumerateArray().ToList();
        ReleaseTable.Read(policy).Lines
            .SelectMany(line => line.Events.Where(pattern => !history.Exists(past => pattern.Matches(past))).Select(pattern => $"{line.Where}: {pattern}"))
            .ShouldBeEmpty();
    }

    public async Task<string> DoAsync(params string[] arguments)
    {
        var (exit, output, error) = await _ledger.RunAsync(arguments);
        exit.ShouldBe(0, $"ledger {string.Join(' ', arguments)}\n{output}{error}");
        return output;
    }

    public ValueTask DisposeAsync() => _ledger.DisposeAsync();

    // The audit looks at everything, and counts it.
    private async Task<long> CountAsync() => (await _ledger.JsonAsync("audit")).GetProperty("events").GetInt64();

    // Columns are as wide as what is in them, so one blank stands for any number.
    private static void ShouldTell(string output, IEnumerable<string> sentences)
    {
        var text = Blanks().Replace(output, " ");
        var from = 0;
        foreach (var sentence in sentences)
        {
            var at = text.IndexOf(sentence, from, StringComparison.Ordinal);
            if (at < 0) Assert.Fail($"'{sentence}' is not said{(text.Contains(sentence, StringComparison.Ordinal) ? ", or too early," : "")} in:\n{output}");
            from = at + sentence.Length;
        }
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
