using System.CommandLine;
using System.Text.Json;
using Ledger.Cli.Arguments;
using Ledger.Cli.Contract;
using Ledger.Cli.Output;
using Ledger.Cli.Server;
using Ledger.Domain.Releases;

namespace Ledger.Cli.Commands;

/// <summary><c>ledger release list</c>: the newest releases.</summary>
internal static class ReleaseListCommand
{
    private const int MaxLimit = 200;
    private const int DefaultLimit = 50;

    public static Command Create(CommandFactory make)
    {
        var service = new Option<string?>("--service") { HelpName = "S", Description = "Only this service's" };
        service.Validators.Add(result =>
        {
            if (!ReleaseId.IsService(result.Tokens[0].Value)) result.AddError($"'{result.Tokens[0].Value}' is not a service");
        });
        var limit = Typed.Count("--limit", "How many", DefaultLimit, MaxLimit);
        return make.Asking("list", "List releases, the newest first", [service, limit], async session =>
        {
            var path = Routes.Query("v1/releases", ("service", session.Get(service)), ("limit", Routes.Number(session.Get(limit))));
            return await session.ShowAsync(path, ContractJson.Default.ReleasePage, Show).ConfigureAwait(false);
        });
    }

    private static void Show(Screen screen, ReleasePage page)
    {
        if (page.Releases.Count == 0) screen.Line(new Piece("no releases", Tone.Quiet));
        screen.Table(["release", "verdict", "environment", "policy", "opened", "closed"], [.. page.Releases.Select(release => new Piece[]
        {
            new(release.Release, Tone.Strong), Wording.Verdict(release.Verdict), release.Environment, Wording.Policy(release.Policy) ?? "",
            new(release.OpenedAt, Tone.Quiet), new(Closed(release.Closed), Tone.Quiet),
        })]);
    }

    private static string Closed(JsonElement closed) => Wording.Text(closed, "outcome") ?? Wording.Text(closed) ?? "";
}
