using Ledger.Cli.Tests.Support;
using Ledger.Testing;

namespace Ledger.Cli.Tests.Commands;

/// <summary>Commands that need no server, and everything that can be typed wrong.</summary>
public sealed class OfflineTranscriptTests
{
    private const string K6 =
        """{"metrics":{"http_req_duration":{"type":"trend","contains":"time","values":{"avg":80.5,"p(95)":142.7}},"http_req_failed":{"type":"rate","contains":"default","values":{"rate":0.002,"passes":2,"fails":998}}}}""";

    private const string Unmeetable = """
        name: shop
        title: Shop
        gates:
          - name: load
            title: Load test
            tool: k6
            criteria:
              - { metric: http_req_duration.p(95), comparator: "<", threshold: 0ms }
              - { metric: http_req_nonsense, comparator: "<", threshold: 1% }
        """;

    private const string Sound = """
        name: shop
        title: Shop
        gates:
          - name: load
            title: Load test
            tool: k6
            criteria:
              - { metric: http_req_duration.p(95), comparator: "<", threshold: 150ms }
        """;

    [Fact]
    public Task A_report_is_read() => Compare(
        "read", "read k6.json", "read k6.json --json", "read trivy.json", "read trivy.json --json", "read k6.json --tool trivy", "read k6.json --tool nonsense", "read broken.json",
        "read missing.json", "read folder", "read -");

    [Fact]
    public Task A_policy_is_checked() => Compare(
        "policy-check", "policy check sound.yaml", "policy check sound.yaml --json", "policy check unmeetable.yaml", "policy check unmeetable.yaml --json", "policy check missing.yaml");

    [Fact]
    public Task What_is_typed_wrong_is_said_with_a_hint_and_exit_2() => Compare(
        "usage",
        "",
        "nonsense",
        "release",
        "release status",
        "release status shop",
        "release status Shop/v1",
        "release status shop/..",
        "release status shop/v1 --as-of yesterday",
        "release list --limit 0",
        "release open shop/v1 --policy shop --commit xyz --artifact a=sha256:12 --risk none",
        "release close shop/v1 --outcome fine --reason x",
        "gate attest shop/v1 ../load --note x",
        "gate waive shop/v1 load --owner a --reason b --control c --until tomorrow",
        "gate report shop/v1 load k6.json --timeout 0s",
        "gate report shop/v1 load k6.json --idempotency-key 'a b'",
        "proof 0",
        "proof 1 --log-key nonsense",
        "token new --role king --service shop",
        "assert go");

    [Fact]
    public async Task Every_command_has_help()
    {
        using var shell = new Shell();
        string[] commands =
        [
            "policy publish", "policy check", "policy list", "policy show", "release open", "release list", "release status", "release history", "release close",
            "gate report", "gate attest", "gate waive", "assert go", "read", "proof", "audit", "key new", "token new", "whoami",
        ];
        var help = new List<string>();
        foreach (var command in commands)
        {
            var ran = await shell.RunAsync($"{command} --help");
            ran.ExitCode.ShouldBe(0);
            ran.Error.ShouldBeEmpty();
            ran.Out.ShouldContain("--json");
            help.Add($"{ran.Typed}: {ran.Out.Split('\n')[1].Trim()}");
        }

        help.ShouldAllBe(line => line.Length > 20);
    }

    private static async Task Compare(string name, params string[] commands)
    {
        using var shell = new Shell();
        shell.Write("k6.json", K6);
        shell.Write("trivy.json", """{"SchemaVersion":2,"ArtifactName":"shop","Results":[]}""");
        shell.Write("broken.json", "{\"metrics\":");
        shell.Write("sound.yaml", Sound);
        shell.Write("unmeetable.yaml", Unmeetable);
        shell.Write("folder/file", "");
        shell.Input = System.Text.Encoding.UTF8.GetBytes(K6);
        var transcripts = new List<string>();
        foreach (var command in commands) transcripts.Add((await shell.RunAsync(command)).Transcript);
        Golden.ShouldMatch(string.Join('\n', transcripts), $"{name}.txt");
    }
}
