namespace Ledger.EndToEnd;

/// <summary>What a newcomer does, with the real server and the real tool.</summary>
public sealed class ReleaseStoryTests
{
    private const string Image = "registry.example.com/shop=sha256:8d9001d32c6a703d95921a77115050f33dd823d3f1730bd35215dcbecad6dc20";

    [Fact]
    public async Task One_release_goes_from_open_to_GO_and_another_to_NO_GO_and_assert_answers_by_exit_code()
    {
        await using var ledger = await Installation.StartAsync();
        await DoAsync(ledger, "policy", "publish", Path.Combine(Repository.Root, "schema", "policies", "web-service.yaml"));
        await DoAsync(ledger, "release", "open", "shop/1.4.0", "--policy", "web-service", "--commit", "4be1c0ffee1", "--artifact", Image);
        (await ledger.RunAsync("assert", "go", "shop/1.4.0")).Exit.ShouldBe(1);
        await DoAsync(ledger, "gate", "report", "shop/1.4.0", "load-test", Sample("k6.json"));
        await DoAsync(ledger, "gate", "report", "shop/1.4.0", "vulnerabilities", Sample("trivy-clean.json"));
        (await ledger.RunAsync("assert", "go", "shop/1.4.0")).Exit.ShouldBe(0);

        await DoAsync(ledger, "release", "open", "shop/1.5.0", "--policy", "web-service", "--commit", "5be1c0ffee2", "--artifact", Image);
        await DoAsync(ledger, "gate", "report", "shop/1.5.0", "load-test", Sample("k6.json"));
        var reported = await ledger.JsonAsync("gate", "report", "shop/1.5.0", "vulnerabilities", Sample("trivy-critical.json"));
        reported.GetProperty("outcome").GetString().ShouldBe("failed");
        reported.GetProperty("receipt").GetProperty("leafIndex").GetInt64().ShouldBe(reported.GetProperty("receipt").GetProperty("sequence").GetInt64() - 1);
        var (exit, _, error) = await ledger.RunAsync("assert", "go", "shop/1.5.0");
        exit.ShouldBe(1, error);

        // Red does not turn green silently, and a waiver turns it by name.
        (await ledger.RunAsync("gate", "report", "shop/1.5.0", "vulnerabilities", Sample("trivy-clean.json"))).Exit.ShouldBe(1);
        await DoAsync(
            ledger, "gate", "waive", "shop/1.5.0", "vulnerabilities", "--owner", "Ann", "--reason", "not reachable", "--control", "the port is closed", "--until", "1d");
        (await ledger.RunAsync("assert", "go", "shop/1.5.0")).Exit.ShouldBe(0);
        var status = await ledger.JsonAsync("release", "status", "shop/1.5.0");
        status.GetProperty("verdict").GetString().ShouldBe("GO");
        status.GetProperty("gates").EnumerateArray().Single(gate => gate.GetProperty("name").GetString() == "vulnerabilities")
            .GetProperty("outcome").GetString().ShouldBe("waived");

        (await ledger.RunAsync("assert", "go", "shop/9.9.9")).Exit.ShouldNotBe(0);
        await DoAsync(ledger, "proof", "3");
        await DoAsync(ledger, "audit");
    }

    [Fact]
    public async Task Without_a_server_nothing_is_GO()
    {
        await using var ledger = new Installation();
        (await ledger.RunAsync("assert", "go", "shop/1.4.0")).Exit.ShouldBe(3);
    }

    private static string Sample(string name) => Path.Combine(Repository.Samples, "web-service", name);

    private static async Task DoAsync(Installation ledger, params string[] arguments)
    {
        var (exit, output, error) = await ledger.RunAsync(arguments);
        exit.ShouldBe(0, $"ledger {string.Join(' ', arguments)}\n{output}{error}");
    }
}
