using Npgsql;

namespace Ledger.Server.Tests.SignOffs;

[Collection(ServerCollection.Name)]
public sealed class DecisionTests(RunningServer server)
{
    [Fact]
    public async Task GO_waits_for_gates_and_sign_offs_and_NO_GO_needs_a_reason()
    {
        var release = await SignedRelease.OpenAsync(server, passed: false);
        await (await SignedRelease.DecideAsync(server, release)).ShouldBeProblemAsync(409, "not_go");
        await (await SignedRelease.DecideAsync(server, release, """{"verdict":"NO_GO"}""")).ShouldBeProblemAsync(422, "text_missing");
        await (await SignedRelease.DecideAsync(server, release, """{"verdict":"PENDING"}""")).ShouldBeProblemAsync(422, "verdict_invalid");
        await (await SignedRelease.DecideAsync(server, release, """{"verdict":"MAYBE"}""")).ShouldBeProblemAsync(400, "body_malformed");
        await SignedRelease.DecideAsync(server, release, """{"verdict":"NO_GO","reason":"ask canary.person@mailbox.example"}""").ShouldBeCreatedAsync();

        var listed = await (await server.Client().GetAsync($"{release}/sign-offs")).JsonAsync();
        (listed.Text("verdict"), listed.GetProperty("decision").Text("by")).ShouldBe(("NO_GO", "local-release-manager"));
        (await server.Client().GetStringAsync($"{release}/history")).ShouldNotContain("canary.person");
    }

    [Fact]
    public async Task Whoever_is_refused_GO_is_told_which_role_is_waited_for_and_who_may_sign_in_it()
    {
        var release = await SignedRelease.OpenAsync(server);
        using var lead = await Person.EnrolAsync(server, "lead");
        using var security = await Person.EnrolAsync(server, "security");
        await lead.SignAsync(server, release, "technical").ShouldBeCreatedAsync();

        var problem = await (await SignedRelease.DecideAsync(server, release)).ShouldBeProblemAsync(409, "sign_offs_incomplete");

        // Others are enrolled by other tests, so the list of names is one that ours is in.
        problem.Text("detail").ShouldStartWith("technical: 1 of 2 approvals are there, security has not signed; final: 0 of 1 approvals are there, cto has not signed; may sign as security: ");
        problem.Text("detail").ShouldContain("; may sign as cto: ");
        problem.Text("detail").ShouldNotContain($"may sign as security: {lead.Id}");
    }

    [Fact]
    public async Task An_emergency_goes_before_its_approvals_which_must_follow()
    {
        var release = await SignedRelease.OpenAsync(server);
        await (await SignedRelease.DecideAsync(server, release, """{"verdict":"NO_GO","reason":"r","emergency":"r"}""")).ShouldBeProblemAsync(422, "emergency_no_go");
        var decided = await (await SignedRelease.DecideAsync(server, release, """{"verdict":"GO","emergency":"the shop is down"}""")).JsonAsync();
        decided.GetProperty("approveBy").GetDateTimeOffset().ShouldBe(DateTimeOffset.UtcNow.AddHours(24), TimeSpan.FromMinutes(5));
        decided.Text("verdict").ShouldBe("GO");
    }

    [Fact]
    public async Task A_decision_repeated_with_its_key_is_recorded_once()
    {
        var release = await SignedRelease.OpenAsync(server);
        var key = Guid.NewGuid().ToString();
        const string Body = """{"verdict":"NO_GO","reason":"not today"}""";
        var first = await SignedRelease.DecideAsync(server, release, Body, key);
        var size = await server.CausedAsync();
        var again = await SignedRelease.DecideAsync(server, release, Body, key);
        again.Headers.GetValues("Idempotency-Replayed").Single().ShouldBe("true");
        (await again.Content.ReadAsStringAsync()).ShouldBe(await first.Content.ReadAsStringAsync());
        (await server.CausedAsync()).ShouldBe(size);
    }

    [Fact]
    public async Task GO_over_a_chain_that_somebody_changed_in_the_database_is_refused()
    {
        var release = await SignedRelease.OpenAsync(server);
        using var lead = await Person.EnrolAsync(server, "lead");
        using var security = await Person.EnrolAsync(server, "security");
        using var cto = await Person.EnrolAsync(server, "cto");
        await lead.SignAsync(server, release, "technical").ShouldBeCreatedAsync();
        await security.SignAsync(server, release, "technical").ShouldBeCreatedAsync();
        var last = (await (await cto.SignAsync(server, release, "final")).JsonAsync()).GetProperty("receipt").GetProperty("sequence").GetInt64();
        var before = await server.CausedAsync();

        foreach (var (change, reason) in ((string, string)[])
            [("jsonb_set(data, '{meaning}', '\"something else\"')", "inclusion_failed"), ("jsonb_set(data, '{envelope,signatures,0,sig}', '\"AAAA\"')", "signature_failed"), ("data - 'signer'", "history_broken")])
        {
            var original = await ChangeAsync(last, change);
            try
            {
                var report = await Person.VerifyAsync(server, release);
                (report.Text("status"), report.Text("reason")).ShouldBe(("INVALID", reason));
                await (await SignedRelease.DecideAsync(server, release)).ShouldBeProblemAsync(409, "chain_invalid");
            }
            finally
            {
                await ChangeAsync(last, $"'{original.Replace("'", "''", StringComparison.Ordinal)}'::jsonb");
            }
        }

        (await server.CausedAsync()).ShouldBe(before);
        await SignedRelease.DecideAsync(server, release).ShouldBeCreatedAsync();
    }

    /// <summary>Changes an event as a superuser who goes round the triggers; what it was before.</summary>
    private async Task<string> ChangeAsync(long sequence, string data)
    {
        await using var connection = new NpgsqlConnection(server.Server.Postgres!.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            $"set session_replication_role = replica; with before as (select data as was from mt_events where seq_id = {sequence}) update mt_events set data = {data} from before where seq_id = {sequence} returning was::text",
            connection);
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
