using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Ledger.Cli.Tests.Commands;

/// <summary>What the pipeline kit calls must exist: every file parses, and every command of the tool in it is one that the tool understands.</summary>
public sealed partial class PipelineKitTests
{
    // What a pipeline would put in the place of its variables.
    private static readonly Dictionary<string, string> Values = new()
    {
        ["RELEASE"] = "shop/v1.2.3", ["args.release"] = "shop/v1.2.3", ["GATE"] = "load-test", ["REPORT"] = "k6.json", ["SPOOL"] = "spool", ["COMMIT"] = "0a1b2c3d", ["CI_COMMIT_SHA"] = "0a1b2c3d",
        ["STEP"] = "ten", ["METRIC"] = "p95", ["VALUE"] = "142ms", ["CI_JOB_NAME"] = "job", ["REASON"] = "latency", ["GITHUB_ACTOR"] = "ada", ["GITLAB_USER_LOGIN"] = "ada", ["NOTE"] = "seen", ["CHECK"] = "drift",
        ["NOW"] = "2026-01-31T12:00:00Z", ["MEASURED"] = "p95=142ms",
    };

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Folder(), "*.y*ml", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder(), file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_file_parses_and_every_command_in_it_is_understood(string file)
    {
        var yaml = new YamlStream();
        using (var reader = File.OpenText(Path.Combine(Folder(), file))) yaml.Load(reader);
        var texts = yaml.Documents.SelectMany(document => document.AllNodes).OfType<YamlScalarNode>().Select(scalar => scalar.Value ?? "").ToList();

        var commands = texts.SelectMany(text => Command().Matches(text)).Select(match => match.Groups["arguments"].Value).ToList();
        if (!file.Contains("notifications", StringComparison.Ordinal)) commands.ShouldNotBeEmpty();
        foreach (var command in commands)
            CommandLine.Misunderstandings(Arguments(command)).ShouldBeEmpty(command);

        // What is called over HTTP instead is an address of the API.
        foreach (var text in texts.Where(text => text.Contains("path: /v1/", StringComparison.Ordinal))) text.ShouldContain("/argo\n");
    }

    // Argo Rollouts runs the trigger that is called after its own event, and no other.
    [Fact]
    public void Every_trigger_of_the_notifications_is_called_after_an_event_of_Argo_s_and_is_subscribed_to()
    {
        string[] events =
        [
            "rollout-updated", "rollout-step-completed", "traffic-weight-updated", "rollout-paused", "rollout-resumed", "rollout-completed", "rollout-aborted",
            "analysis-run-running", "analysis-run-successful", "analysis-run-failed", "analysis-run-inconclusive", "analysis-run-error",
        ];
        var yaml = new YamlStream();
        using (var reader = File.OpenText(Path.Combine(Folder(), "argo-rollouts", "notifications.yaml"))) yaml.Load(reader);
        var data = (YamlMappingNode)((YamlMappingNode)yaml.Documents[0].RootNode)["data"];
        data.Children.Keys.Select(key => key.ToString()).Where(key => key.StartsWith("trigger.", StringComparison.Ordinal)).ShouldBe(events.Select(name => $"trigger.on-{name}"));
        data["defaultTriggers.ledger"].ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(events.Select(name => $"- on-{name}"));
    }

    [Fact]
    public void A_command_that_is_not_there_would_be_found()
    {
        CommandLine.Misunderstandings(Arguments("canary celebrate \"$RELEASE\"")).ShouldNotBeEmpty();
        CommandLine.Misunderstandings(Arguments("assert go \"$RELEASE\" --spool x")).ShouldNotBeEmpty();
    }

    private static List<string> Arguments(string command)
    {
        var filled = Variable().Replace(command, match => Values[match.Groups["name"].Value]);
        return [.. Word().Matches(filled).Select(word => word.Value.Trim('"'))];
    }

    private static string Folder([CallerFilePath] string file = "") => Path.GetFullPath("../../../deploy/ci", Path.GetDirectoryName(file)!);

    // From the tool's name, at the start of a line or after what ends another command, to the end of the command.
    [GeneratedRegex(@"(^|\n|[;|&]|then)\s*ledger (?<arguments>[^\n;|&]+)")]
    private static partial Regex Command();

    [GeneratedRegex(@"\$(?<name>[A-Z_]+)|\{\{\s*(?<name>[a-z.]+)\s*\}\}")]
    private static partial Regex Variable();

    [GeneratedRegex("\"[^\"]*\"|\\S+")]
    private static partial Regex Word();
}
