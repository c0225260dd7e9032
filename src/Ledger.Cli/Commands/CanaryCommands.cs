using System.CommandLine;
using System.Text.Json.Serialization.Metadata;
using Ledger.Cli.Arguments;
using Ledger.Cli.Contract;
using Ledger.Cli.Output;
using Ledger.Cli.Server;
using Ledger.Domain.Releases;

namespace Ledger.Cli.Commands;

/// <summary><c>ledger canary</c>: what a rollout does, as it does it. The name is the most common strategy's; blue-green, rolling and flags are told the same way.</summary>
internal static class CanaryCommands
{
    public static Command Create(CommandFactory make) => CommandFactory.Group(
        "canary", "Record what a rollout does",
        Start(make), Step(make, "step", "start", "Begin the next step"), CanaryMeasureCommand.Create(make), CanaryPrometheusCommand.Create(make), Step(make, "complete", "complete", "End the running step"),
        WithReason(make, "pause", "Let the rollout stand still", "paused"), WithReason(make, "resume", "Let the rollout go on", "resumed"), Promote(make),
        WithReason(make, "abort", "Give the rollout up", "aborted"), Traffic(make), CanaryIngestCommand.Create(make));

    /// <summary>Says what was done, and how the release stands with it.</summary>
    public static void Show(Screen screen, ReleaseId release, string what, DeployedAnswer answer)
    {
        screen.Line(new Piece(release.ToString(), Tone.Strong), $"  {what}; the release is ", Wording.Verdict(answer.Verdict));
        if (answer.Deviations > 0) screen.Line(new Piece($"  on its record: {Wording.Number((long)answer.Deviations)} kinds of deviation from the plan", Tone.Bad));
    }

    private static Command Start(CommandFactory make)
    {
        var release = Typed.Release();
        var commit = Typed.Commit();
        commit.Required = false;
        commit.Description = "The commit that is deployed; without it, an artifact must say what it is";
        var artifacts = Typed.Artifacts();
        artifacts.Required = false;
        artifacts.Description = "What is deployed, by digest; give it once for each";
        var observed = new ObservedOptions(make.Here);
        return Create(make, "start", "Begin the rollout", release, [commit, artifacts], observed, ContractJson.Default.StartDeploymentBody, session => (
            "/deployment/start", seen => new StartDeploymentBody(session.Get(commit), session.Get(artifacts), seen), "started"));
    }

    private static Command Step(CommandFactory make, string name, string what, string description)
    {
        var release = Typed.Release();
        var step = Typed.Name("STEP", "The step, as the release's policy names it");
        var observed = new ObservedOptions(make.Here);
        return make.Recording(name, description, [release, step, observed.At, observed.SeenBy], async session =>
        {
            if (observed.TryRead(session, out var seen) is { } unreadable) return session.Fail(unreadable);
            return await RecordAsync(session, session.Get(release), Routes.Step(session.Get(release), session.Get(step), what), new ObservedOnlyBody(seen), ContractJson.Default.ObservedOnlyBody,
                $"step {session.Get(step)} {(what == "start" ? "started" : "completed")}").ConfigureAwait(false);
        });
    }

    private static Command WithReason(CommandFactory make, string name, string description, string done)
    {
        var release = Typed.Release();
        var reason = new Option<string>("--reason") { HelpName = "TEXT", Required = true, Description = "Why" };
        var observed = new ObservedOptions(make.Here);
        return Create(make, name, description, release, [reason], observed, ContractJson.Default.ReasonBody, session => (
            $"/deployment/{name}", seen => new ReasonBody(session.Get(reason)!, seen), done));
    }

    private static Command Promote(CommandFactory make)
    {
        var observed = new ObservedOptions(make.Here);
        return Create(make, "promote", "Let everybody have the release", Typed.Release(), [], observed, ContractJson.Default.ObservedOnlyBody, _ => (
            "/deployment/promote", seen => new ObservedOnlyBody(seen), "promoted"));
    }

    private static Command Traffic(CommandFactory make)
    {
        var release = Typed.Release();
        var to = new Option<string>("--to") { HelpName = "NAME", Required = true, Description = "Where all traffic goes, e.g. green" };
        var from = new Option<string?>("--from") { HelpName = "NAME", Description = "Where it went" };
        var away = new Option<bool>("--away") { Description = "It goes away from this release, back to what was there before" };
        var observed = new ObservedOptions(make.Here);
        return Create(make, "traffic", "Point all traffic elsewhere at once, as blue-green does", release, [to, from, away], observed, ContractJson.Default.TrafficBody, session => (
            "/deployment/traffic", seen => new TrafficBody(session.Get(to)!, !session.Get(away), session.Get(from), seen), $"traffic switched to {session.Get(to)}"));
    }

    private static Command Create<TBody>(
        CommandFactory make, string name, string description, Argument<ReleaseId> release, IEnumerable<Symbol> symbols, ObservedOptions observed, JsonTypeInfo<TBody> type,
        Func<Session, (string Path, Func<ObservedBody?, TBody> Body, string Done)> ask) =>
        make.Recording(name, description, [release, .. symbols, observed.At, observed.SeenBy], async session =>
        {
            if (observed.TryRead(session, out var seen) is { } unreadable) return session.Fail(unreadable);
            var (path, body, done) = ask(session);
            return await RecordAsync(session, session.Get(release), Routes.Release(session.Get(release), path), body(seen), type, done).ConfigureAwait(false);
        });

    /// <summary>Has it recorded, and shows how the release stands.</summary>
    public static async Task<int> RecordAsync<TBody>(Session session, ReleaseId release, string path, TBody body, JsonTypeInfo<TBody> type, string done, IReadOnlyList<Domain.Actors.Role>? roles = null)
    {
        var recorded = await session.RecordAsync(path, body, type, ContractJson.Default.DeployedAnswer, roles ?? Credentials.Reporting, answer => OtherRelease(answer.Release, release)).ConfigureAwait(false);
        return await session.ShowRecordedAsync(recorded, (screen, answer) => Show(screen, release, done, answer)).ConfigureAwait(false);
    }

    /// <summary>What is no answer to what was asked.</summary>
    public static string? OtherRelease(string answered, ReleaseId asked) => answered == asked.ToString() ? null : $"it is about '{answered}', not about '{asked}'";
}
