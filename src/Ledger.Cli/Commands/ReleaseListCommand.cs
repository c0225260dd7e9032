using System.CommandLine;
using System.Text.Json;
using Ledger.Cli.Arguments;
using Ledger.Cli.Contract;
using Ledger.Cli.Output;
using Ledger.Cli.Server;
using Ledger.Domain.Releases;

namespace Ledger.Cli.Commands;

/// <summary><c>ledger release list</c>: the newest releases, over as many pages as that takes.</summary>
internal static class ReleaseListCommand
{
    private const int MaxLimit = 100_000;
    private const int DefaultLimit = 50;
    private const int MaxPage = 200;

    public static Command Create(CommandFactory make)
    {
        var service = new Option<string?>("--service") { HelpName = "S", Description = "Only this service's" };
        service.Validators.Add(result =>
        {
            if (!ReleaseId.IsService(result.Tokens[0].Value)) result.AddError($"'{result.Tokens[0].Value}' is not a service");
        });
        var limit = Typed.Count("--limit", "How many", DefaultLimit, MaxLimit);
        return make.Asking("list", "List releases, the newest first", [service, limit], session => RunAsync(session, session.Get(service), session.Get(limit)));
    }

    private static async Task<int> RunAsync(Session session, string? service, int limit)
    {
        var (releases, rows) = (new List<ListedRelease>(), new List<JsonElement>());
        string? next = null;
        do
        {
            var path = Routes.Query("v1/releases", ("service", service), ("limit", Routes.Number(Math.Min(MaxPage, limit - releases.Count))), ("after", next));
            var asked = await session.AskAsync(path, ContractJson.Default.ReleasePage, Credentials.Reading, page => Contradiction(page, releases)).ConfigureAwait(false);
            if (!asked.TryGet(out var page, out var failure)) return session.Fail(failure);
            releases.AddRange(page.Value.Releases);
            rows.AddRange(page.Json.GetProperty("releases").EnumerateArray());
            next = page.Value.Next;
        }
        while (next is not null && releases.Count < limit);

        if (session.Json) JsonOutput.Write(session.Here.Out, writer => WriteJson(writer, rows));
        else Show(session.Screen, releases);
        if (next is not null) session.Hint("there are older ones; ask for more with --limit");
        return ExitCode.Done;
    }

    // A list that comes round again, or goes on without bringing anything, would never end.
    private static string? Contradiction(ReleasePage page, List<ListedRelease> known)
    {
        if (page.Releases.Count == 0 && page.Next is not null) return "a page without releases says that more follow";
        var names = known.Select(release => release.Release).ToHashSet(StringComparer.Ordinal);
        return page.Releases.FirstOrDefault(release => !names.Add(release.Release)) is { } again ? $"it lists '{again.Release}' twice" : null;
    }

    private static void Show(Screen screen, List<ListedRelease> releases)
    {
        if (releases.Count == 0) screen.Line(new Piece("no releases", Tone.Quiet));
        screen.Table(["release", "state", "decided", "may go now", "environment", "policy", "opened"], [.. releases.Select(release => new Piece[]
        {
            new(release.Release, Tone.Strong), Wording.State(StateOf(release)), release.Decision is { } decision ? Wording.Verdict(decision.Verdict) : "",
            IsClosed(release) ? new Piece("closed", Tone.Quiet) : Wording.Verdict(release.Verdict),
            release.Environment, Wording.Policy(release.Policy) ?? "", new(Wording.Time(release.OpenedAt), Tone.Quiet),
        })]);
    }

    // That a closed release does not go again is no news: how it ended is.
    private static bool IsClosed(ListedRelease release) => Wording.Text(release.Closed) is not null;

    // A server of an earlier version says only how it was closed.
    private static string StateOf(ListedRelease release) => release.State ?? Wording.Text(release.Closed) ?? "open";

    private static void WriteJson(Utf8JsonWriter writer, List<JsonElement> releases)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("releases");
        foreach (var release in releases) release.WriteTo(writer);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
