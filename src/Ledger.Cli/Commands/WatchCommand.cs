using System.CommandLine;
using Ledger.Cli.Arguments;
using Ledger.Cli.Contract;
using Ledger.Cli.Server;
using Ledger.Cli.Watching;
using Ledger.Domain.Releases;

namespace Ledger.Cli.Commands;

/// <summary>
/// <c>ledger watch</c>: a release's events as they happen, until it closes. Exit 0 only where it closed as a success, 1 where it ended any other
/// way, 3 where nobody can tell.
/// </summary>
internal static class WatchCommand
{
    private const string PageSize = "500";
    private const int MaxAway = 30;
    private static readonly TimeSpan Preset = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    public static Command Create(CommandFactory make)
    {
        var release = Typed.Release();
        var interval = new Option<TimeSpan>("--interval")
        {
            HelpName = "SPAN",
            Description = "How long to wait between two looks, 2s unless given",
            DefaultValueFactory = _ => Preset,
            CustomParser = result =>
            {
                if (PointInTime.TryParseSpan(result.Tokens[0].Value, out var span) && span > TimeSpan.Zero && span <= Longest) return span;
                result.AddError($"'{result.Tokens[0].Value}' is not a span of time up to an hour; write e.g. 5s");
                return Preset;
            },
        };
        return make.Asking(
            "watch", "Follow a release until it closes; exit 0 only where it closed as a success", [release, interval],
            session => WatchDisplay.RunAsync(session, display => RunAsync(session, session.Get(release), session.Get(interval), display)));
    }

    private static async Task<int> RunAsync(Session session, ReleaseId release, TimeSpan interval, WatchDisplay display)
    {
        var progress = new RolloutProgress();
        var away = 0;
        while (true)
        {
            var after = progress.Version;
            var path = Routes.Query(Routes.Release(release, "/history"), ("after", after == 0 ? null : Routes.Number(after)), ("limit", PageSize));
            var asked = await session.AskAsync(path, ContractJson.Default.HistoryPage, Credentials.Reading, page => Contradiction(page, release, after)).ConfigureAwait(false);
            if (asked.TryGet(out var page, out var failure))
            {
                away = 0;
                foreach (var (past, json) in page.Value.Events.Zip(page.Json.GetProperty("events").EnumerateArray()))
                {
                    progress.Apply(past);
                    display.Show(past, json);
                }
            }
            else if (failure.Code is not ("server_away" or "server_failed" or "unavailable") || ++away == MaxAway)
            {
                return session.Fail(failure);
            }
            else if (away == 1)
            {
                session.Say($"{failure.Detail}; looking again");
            }

            display.Show(progress, session.Here.Time.GetUtcNow());
            if (progress.Outcome is { } outcome) return outcome == CloseOutcomes.Name(CloseOutcome.Succeeded) ? ExitCode.Done : ExitCode.Refused;
            if (page?.Value.Next is null) await Task.Delay(interval, session.Here.Time, session.CancellationToken).ConfigureAwait(false);
        }
    }

    private static string? Contradiction(HistoryPage page, ReleaseId release, long known)
    {
        if (page.Release != release.ToString()) return $"it is about '{page.Release}', not about '{release}'";
        for (var place = 0; place < page.Events.Count; place++)
            if (page.Events[place].Version != known + place + 1) return $"event {Routes.Number(known + place + 1)} of the release is missing";
        return known == 0 && page.Events.Count == 0 ? "a release has at least the event that opened it" : null;
    }
}
