namespace Ledger.Server.Tests.Auth;

/// <summary>A pipeline's token of its provider, at a running server.</summary>
[Collection(ServerCollection.Name)]
public sealed class IdentityProviderTests(RunningServer server)
{
    [Fact]
    public async Task A_pipeline_reports_for_its_service_by_a_token_that_nobody_had_to_keep()
    {
        var text = server.Issuer.WithRsa(TestIssuer.Claims(DateTimeOffset.UtcNow));
        var (mine, others) = (await server.OpenAsync(), await server.OpenAsync("cart"));
        using var pipeline = server.WithToken(text);
        var answer = await pipeline.ReportAsync(mine, RunningServer.PassingReport);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        (await (await server.Client("auditor").GetAsync($"{mine}/history")).Content.ReadAsStringAsync()).ShouldContain("pipeline:repo:example/shop:ref:refs/tags/v1.4.0");

        await (await pipeline.ReportAsync(others, RunningServer.PassingReport)).ShouldBeProblemAsync(403, "service_out_of_scope");
        await (await pipeline.PostJsonAsync($"{mine}/close", """{"outcome":"failed","reason":"no"}""")).ShouldBeProblemAsync(403, "role_not_allowed");
        server.Log.ShouldNotContain(text.Split('.')[1]);
        server.Log.ShouldNotContain(text.Split('.')[2]);
    }

    [Fact]
    public async Task A_token_that_is_no_good_is_challenged_and_appends_nothing()
    {
        var release = await server.OpenAsync();
        var before = await server.CausedAsync();
        using var stranger = new TestIssuer();
        var now = DateTimeOffset.UtcNow;
        foreach (var (text, code) in ((string, string)[])
                 [(stranger.WithRsa(TestIssuer.Claims(now)), "token_invalid"), (server.Issuer.WithRsa(TestIssuer.Claims(now.AddHours(-1))), "token_expired")])
        {
            var answer = await server.WithToken(text).ReportAsync(release, RunningServer.PassingReport);
            await answer.ShouldBeProblemAsync(401, code);
            answer.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer realm=\"ledger\", error=\"invalid_token\"");
        }

        var claims = TestIssuer.Claims(now);
        claims["ref"] = "refs/heads/main";
        await (await server.WithToken(server.Issuer.WithRsa(claims)).ReportAsync(release, RunningServer.PassingReport)).ShouldBeProblemAsync(403, "grant_missing");
        (await server.CausedAsync()).ShouldBe(before);
    }
}
