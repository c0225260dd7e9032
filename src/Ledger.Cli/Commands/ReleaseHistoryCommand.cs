using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Ledger.Cli.Arguments;
using Ledger.Cli.Contract;
using Ledger.Cli.Output;
using Ledger.Cli.Server;
using Ledger.Domain.Releases;

namespace Ledger.Cli.Commands;

/// <summary><c>ledger release history</c>: every event of a release, the first one first, without a gap.</summary>
internal static class ReleaseHistoryCommand
{
    private const string PageSize = "500";

    public static Command Create(CommandFactory make)
    {
        var release = Typed.Release();
        return make.Asking("history", "Show everything that happened to a release", [release], session => RunAsync(session, session.Get(release)));
    }

    private static async Task<int> RunAsync(Session session, ReleaseId release)
    {
        var events = new List<JsonElement>();
        var timeline = new List<PastEvent>();
        for (string? after = null; ;)
        {
            var path = Routes.Query(Routes.Release(release, "/history"), ("after", after), ("limit", PageSize));
            var asked = await session.AskAsync(path, ContractJson.Default.HistoryPage, Credentials.Reading, page => Contradiction(page, release, timeline.Count)).ConfigureAwait(false);
            if (!asked.TryGet(out var page, out var failure)) return session.Fail(failure);
            timeline.AddRange(page.Value.Events);
            events.AddRange(page.Json.GetProperty("events").EnumerateArray());
            after = page.Value.Next;
            if (after is null) break;
        }

        if (session.Json) JsonOutput.Write(session.Here.Out, writer => WriteJson(writer, release, events));
        else HistoryView.Show(session.Screen, timeline, session.IsSandbox);
        return ExitCode.Done;
    }

    // Versions count from 1 without a gap: a history with a hole, or one that never ends, is not one.
    private static string? Contradiction(HistoryPage page, ReleaseId release, int known)
    {
        if (page.Release != release.ToString()) return $"it is about '{page.Release}', not about '{release}'";
        for (var place = 0; place < page.Events.Count; place++)
        {
            if (page.Events[place].Version != known + place + 1)
                return string.Create(CultureInfo.InvariantCulture, $"event {known + place + 1} of the release is missing");
        }

        return known + page.Events.Count == 0 ? "a release has at least the event that opened it"
            : page.Events.Count == 0 && page.Next is not null ? "a page without events says that more follow"
            : null;
    }

    private static void WriteJson(Utf8JsonWriter writer, ReleaseId release, List<JsonElement> events)
    {
        writer.WriteStartObject();
        writer.WriteString("release", release.ToString());
        writer.WriteStartArray("events");
        foreach (var past in events) past.WriteTo(writer);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
