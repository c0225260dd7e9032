using System.CommandLine;
using Ledger.Cli.Arguments;
using Ledger.Cli.Contract;
using Ledger.Cli.Output;
using Ledger.Cli.Server;
using Ledger.Intake.Policies;

namespace Ledger.Cli.Commands;

/// <summary><c>ledger policy</c>: what releases must pass.</summary>
internal static class PolicyCommands
{
    public static Command Create(CommandFactory make) =>
        CommandFactory.Group("policy", "Publish and read policies", Publish(make), PolicyCheckCommand.Create(make), List(make), Show(make));

    private static Command Publish(CommandFactory make)
    {
        var file = Typed.File("The policy, in YAML or JSON");
        return make.Recording("publish", "Publish a policy, or the next version of it", [file], async session =>
        {
            var opened = await InputFile.ReadAsync(session.Here, session.Get(file), PolicyDocument.MaxBytes, session.CancellationToken).ConfigureAwait(false);
            if (!opened.TryGet(out var document, out var failure)) return session.Fail(failure);
            var mediaType = document.AsSpan().TrimStart(" \t\r\n"u8).StartsWith("{"u8) ? "application/json" : "application/yaml";
            var published = await session.RecordAsync("v1/policies", document, mediaType, ContractJson.Default.PolicyPublished, Credentials.Publishing).ConfigureAwait(false);
            return await session.ShowRecordedAsync(published, (screen, answer) => screen.Line(
                "published ", new Piece($"{answer.Policy.Name} v{answer.Policy.Version}", Tone.Strong), new Piece("  " + answer.Policy.Digest, Tone.Quiet))).ConfigureAwait(false);
        });
    }

    private static Command List(CommandFactory make) => make.Asking(
        "list", "List every policy, at its newest version", [],
        session => session.ShowAsync("v1/policies", ContractJson.Default.PolicyList, (screen, list) => screen.Table(
            ["policy", "version", "published", "digest"],
            [.. list.Policies.Select(policy => new Piece[]
            {
                new(policy.Name, Tone.Strong), Wording.Number(policy.Version), Wording.Time(policy.PublishedAt), new(policy.Digest, Tone.Quiet),
            })])));

    private static Command Show(CommandFactory make)
    {
        var name = Typed.Name("NAME", "The policy");
        var version = Typed.Version("--version", "The version; the newest unless given");
        return make.Asking("show", "Show a policy", [name, version], session => session.ShowAsync(
            Routes.Query(Routes.Policy(session.Get(name)), ("version", session.Get(version) is { } number ? Routes.Number(number) : null)),
            ContractJson.Default.PolicyShown,
            PolicyView.Show,
            shown => Contradiction(shown.Policy, session.Get(name), session.Get(version))));
    }

    private static string? Contradiction(PolicyRef shown, string name, long? version) =>
        shown.Name == name && (version is null || shown.Version == version) ? null : $"it is about {shown.Name} v{shown.Version}";
}
