using System.CommandLine;
using Ledger.Cli.Arguments;
using Ledger.Cli.Contract;
using Ledger.Cli.Output;
using Ledger.Cli.Server;

namespace Ledger.Cli.Commands;

/// <summary><c>ledger release open</c>: announce a release and pin the policy it must pass.</summary>
internal static class ReleaseOpenCommand
{
    public static Command Create(CommandFactory make)
    {
        var release = Typed.Release();
        var policy = Typed.NameOption("--policy", "The policy it must pass");
        var policyVersion = Typed.Version("--policy-version", "The policy's version; the newest unless given");
        var commit = Typed.Commit();
        var artifacts = Typed.Artifacts();
        var tag = Optional("--tag", "T", "The tag in the repository");
        var environment = new Option<string>("--environment") { HelpName = "E", Description = "Where it goes", DefaultValueFactory = _ => "production" };
        var window = Typed.Window(make.Here);
        var decideBy = Typed.Time("--decide-by", "When go or no-go must be decided", make.Here);
        var summary = Optional("--summary", "TEXT", "What changes");
        var risk = Typed.OneOf("--risk", "How risky it is held to be", "low", "medium", "high");

        return make.Recording(
            "open", "Announce a release and pin its policy",
            [release, policy, policyVersion, commit, artifacts, tag, environment, window, decideBy, summary, risk],
            async session =>
            {
                var body = new OpenBody(
                    session.Get(release).ToString(), session.Get(policy)!, session.Get(policyVersion), session.Get(commit)!, session.Get(tag),
                    session.Get(artifacts)!, session.Get(environment)!, session.Window(window),
                    session.Time(decideBy), session.Get(summary), session.Get(risk));
                var opened = await session.RecordAsync(
                    "v1/releases", body, ContractJson.Default.OpenBody, ContractJson.Default.Recorded, Credentials.Managing).ConfigureAwait(false);
                return await session.ShowRecordedAsync(opened, (screen, _) =>
                    screen.Line("opened ", new Piece(body.Release, Tone.Strong), $" for {body.Environment} under policy {body.Policy}")).ConfigureAwait(false);
            });
    }

    private static Option<string?> Optional(string name, string helpName, string description) => new(name) { HelpName = helpName, Description = description };
}
