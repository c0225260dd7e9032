namespace Ledger.EndToEnd;

/// <summary>What a person's own machine remembers of a log catches a server that forgot, or that tells another story under the same key.</summary>
public sealed class PinnedLogTests
{
    private const string Image = "shop=sha256:8d9001d32c6a703d95921a77115050f33dd823d3f1730bd35215dcbecad6dc20";

    [Fact]
    public async Task A_restored_older_state_and_a_fork_under_the_same_key_are_both_named_and_nothing_is_recorded()
    {
        await using var ledger = await Installation.StartAsync();
        await OpenAsync(ledger, "shop/1.0.0");
        await ledger.TerminateServerAsync();
        var older = await ledger.BackUpAsync();

        await ledger.StartServerAsync();
        await OpenAsync(ledger, "shop/1.1.0");
        (await ledger.RunAsync("release", "status", "shop/1.1.0")).Exit.ShouldBe(0);
        await ledger.TerminateServerAsync();

        // The server itself cannot know: everything it has is older, its own checkpoint too.
        await ledger.RestoreAsync(older);
        await ledger.StartServerAsync();
        foreach (var command in (string[][])[["assert", "go", "shop/1.0.0"], ["release", "status", "shop/1.0.0"], ["proof", "1"], Open("shop/1.2.0")])
        {
            var (exit, output, error) = await ledger.RunAsync(command);
            exit.ShouldBe(3, output + error);
            error.ShouldContain("was rolled back: it has ");
        }

        // Somebody who never met the log goes on there: the tree grows past the one that was pinned, with another history, signed by the log's key.
        using (ledger.Strangers())
        {
            foreach (var version in (string[])["shop/2.0.0", "shop/2.1.0", "shop/2.2.0"]) (await ledger.RunAsync(Open(version))).Exit.ShouldBe(0);
            (await ledger.RunAsync("audit")).Exit.ShouldBe(0);
        }

        var (status, _, forked) = await ledger.RunAsync("assert", "go", "shop/1.0.0");
        status.ShouldBe(3);
        forked.ShouldContain("was forked: ");
        (await ledger.RunAsync("checkpoint", "show")).Output.ShouldContain("leaves  4\n");
    }

    private static async Task OpenAsync(Installation ledger, string release)
    {
        if (release == "shop/1.0.0") (await ledger.RunAsync("policy", "publish", Path.Combine(Repository.Root, "schema", "policies", "web-service.yaml"))).Exit.ShouldBe(0);
        var (exit, _, error) = await ledger.RunAsync(Open(release));
        exit.ShouldBe(0, error);
    }

    private static string[] Open(string release) => ["release", "open", release, "--policy", "web-service", "--commit", "4be1c0ffee1", "--artifact", Image];
}
