using System.Diagnostics;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace Ledger.EndToEnd;

/// <summary>Webhooks from a real server: to a receiver that sees it killed, and to the one in <c>deploy/webhooks</c>.</summary>
public sealed class WebhookStoryTests
{
    private const string Release = "shop/1.0.0";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _secret = $"whsec_{Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}";

    [Fact]
    public async Task A_server_that_is_killed_between_sending_and_keeping_it_sends_again_and_goes_on_in_order()
    {
        await using var receiver = await HookReceiver.StartAsync();
        await using var ledger = Configured(receiver.Url, "*");
        var killed = 0;
        receiver.Answer = async hook =>
        {
            await Task.Delay(20);
            if (hook.Subject != Release || hook.Version != 6 || Interlocked.Exchange(ref killed, 1) != 0) return 204;
            ledger.KillServer(); // the message has arrived, and nobody is left to hear the answer
            return 204;
        };
        await ledger.StartServerAsync();
        await OpenAsync(ledger);
        await AttestAsync(ledger, 10);
        await UntilAsync(() => Volatile.Read(ref killed) == 1 && !ledger.Runs);
        await ledger.StartServerAsync();
        await UntilAsync(() => Versions(receiver).Contains(11));

        // At least once: the one in flight came twice, byte for byte; the first time of each is in order.
        Versions(receiver).Distinct().ShouldBe(Enumerable.Range(1, 11).Select(n => (long)n));
        var twice = receiver.Arrived.Where(hook => hook.Subject == Release && hook.Version == 6).ToList();
        twice.Count.ShouldBe(2);
        twice[1].Body.ShouldBe(twice[0].Body);
        await UntilAsync(async () => (await ledger.JsonAsync("webhook", "list")).GetProperty("receivers")[0].GetProperty("lag").GetProperty("events").GetInt64() == 0);

        // Each is one that the tool believes, and a changed one is not.
        var hook = receiver.Arrived.Last();
        var (body, headers, secret) = (Path.Combine(ledger.Folder, "body"), Path.Combine(ledger.Folder, "headers"), Path.Combine(ledger.Folder, "secret"));
        await File.WriteAllBytesAsync(body, hook.Body);
        await File.WriteAllTextAsync(headers, hook.Headers);
        await File.WriteAllTextAsync(secret, _secret);
        var verified = await ledger.RunAsync("webhook", "verify", body, "--headers", headers, "--secret-file", secret);
        (verified.Exit, verified.Output).ShouldBe((0, $"verified  {hook.Id}\n"), verified.Error);
        await File.AppendAllTextAsync(body, " ");
        (await ledger.RunAsync("webhook", "verify", body, "--headers", headers, "--secret-file", secret)).Exit.ShouldBe(1);
        ledger.Log.ShouldNotContain(_secret[6..]);
    }

    [Fact]
    public async Task A_node_that_is_paused_past_its_turn_or_killed_is_taken_over_and_no_release_is_mixed_up()
    {
        await using var receiver = await HookReceiver.StartAsync();
        await using var one = Configured(receiver.Url, "*");
        await one.StartServerAsync();
        await OpenAsync(one);
        await AttestAsync(one, 4);
        await UntilAsync(() => Versions(receiver).Contains(5));
        await using var two = new Installation(await one.NodeSettingsAsync());
        await two.StartServerAsync();

        one.PauseServer();
        await AttestAsync(two, 5, one.Token("release-manager"));
        await UntilAsync(() => Versions(receiver).Contains(10));

        // It comes back with a turn that is over, while the other one delivers.
        one.ResumeServer();
        await AttestAsync(two, 20, one.Token("release-manager"));
        await UntilAsync(() => Versions(receiver).Contains(30));
        two.KillServer();
        await AttestAsync(one, 5);
        await UntilAsync(() => Versions(receiver).Contains(35));
        Versions(receiver).Distinct().ShouldBe(Enumerable.Range(1, 35).Select(n => (long)n));
    }

    [Fact]
    public async Task The_receiver_of_the_documentation_undoes_a_rollout_once_over_TLS_that_is_trusted()
    {
        using var script = await RollbackScript.StartAsync(_secret, "dev.ledger.release_closed", encrypted: true);
        await using var ledger = Configured(script.Url, "release_closed", script.Certificate);
        await ledger.StartServerAsync();
        await OpenAsync(ledger);
        (await ledger.RunAsync("release", "close", Release, "--outcome", "failed", "--reason", "error rate")).Exit.ShouldBe(0);
        await UntilAsync(() => script.Undone.Count == 1);
        script.Undone.ShouldBe(["argo rollouts undo shop --namespace production"]);
        await UntilAsync(async () => (await ledger.JsonAsync("webhook", "list")).GetProperty("receivers")[0].GetProperty("lag").GetProperty("events").GetInt64() == 0);
    }

    [Fact]
    public async Task The_receiver_of_the_documentation_believes_the_ledger_alone_and_does_nothing_twice()
    {
        using var script = await RollbackScript.StartAsync(_secret, "dev.ledger.rollback_triggered");
        var trigger = RollbackScript.Event("rollback_triggered", DateTimeOffset.UtcNow);
        (await script.PostAsync(trigger, _secret, changed: true)).ShouldBe(401);
        (await script.PostAsync(trigger, $"whsec_{Convert.ToBase64String(new byte[32])}")).ShouldBe(401);
        (await script.PostAsync(trigger, _secret, at: DateTimeOffset.UtcNow.AddMinutes(-6))).ShouldBe(401);
        (await script.PostAsync(RollbackScript.Event("gate_reported", DateTimeOffset.UtcNow), _secret)).ShouldBe(204);
        (await script.PostAsync(RollbackScript.Event("rollback_triggered", DateTimeOffset.UtcNow, "cart/1.0.0"), _secret)).ShouldBe(204);
        (await script.PostAsync(RollbackScript.Event("rollback_triggered", DateTimeOffset.UtcNow.AddHours(-1)), _secret)).ShouldBe(200);
        (await script.PostAsync("{}", _secret)).ShouldBe(400);
        script.Undone.ShouldBeEmpty();

        script.Fails = true;
        (await script.PostAsync(trigger, _secret)).ShouldBe(500);
        script.Fails = false;
        (await script.PostAsync(trigger, _secret)).ShouldBe(200);
        (await script.PostAsync(trigger, _secret)).ShouldBe(204);
        script.Undone.ShouldBe(["argo rollouts undo shop --namespace production"]);
    }

    private Installation Configured(string url, string events, string? trusted = null) => new(new()
    {
        ["SSL_CERT_FILE"] = trusted ?? string.Empty,
        ["Ledger__Webhooks__0__Name"] = "watcher", ["Ledger__Webhooks__0__Url"] = url, ["Ledger__Webhooks__0__Secret"] = _secret,
        ["Ledger__Webhooks__0__Events"] = events, ["Ledger__Webhooks__0__AllowPrivate"] = "true",
    });

    private static IEnumerable<long> Versions(HookReceiver receiver) => receiver.Arrived.Where(hook => hook.Subject == Release).Select(hook => hook.Version);

    private static async Task OpenAsync(Installation ledger)
    {
        (await ledger.RunAsync("policy", "publish", Path.Combine(Repository.Root, "schema", "policies", "web-service.yaml"))).Exit.ShouldBe(0);
        (await ledger.RunAsync(
            "release", "open", Release, "--policy", "web-service", "--commit", "4be1c0ffee1",
            "--artifact", "shop=sha256:8d9001d32c6a703d95921a77115050f33dd823d3f1730bd35215dcbecad6dc20")).Exit.ShouldBe(0);
    }

    private static async Task AttestAsync(Installation ledger, int times, string? token = null)
    {
        for (var n = 0; n < times; n++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/releases/{Release}/gates/on-call/attestations")
            {
                Content = new StringContent($$"""{"note":"{{n}}"}""", new MediaTypeHeaderValue("application/json")),
            };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? ledger.Token("release-manager"));
            (await ledger.Client.SendAsync(request)).IsSuccessStatusCode.ShouldBeTrue();
        }
    }

    private static Task UntilAsync(Func<bool> isSo) => UntilAsync(() => Task.FromResult(isSo()));

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        var clock = Stopwatch.StartNew();
        while (!await isSo())
        {
            clock.Elapsed.ShouldBeLessThan(Patience);
            await Task.Delay(50);
        }
    }
}
