using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Domain.SignOffs;
using Ledger.Integrity.Envelopes;
using Ledger.Integrity.Statements;

namespace Ledger.Server.Tests.SignOffs;

[Collection(ServerCollection.Name)]
public sealed class SignOffTests(RunningServer server)
{
    [Fact]
    public async Task Out_of_order_and_twice_is_refused()
    {
        var release = await SignedRelease.OpenAsync(server);
        using var lead = await Person.EnrolAsync(server, "lead");
        using var second = await Person.EnrolAsync(server, "lead");
        using var cto = await Person.EnrolAsync(server, "cto");

        await (await cto.SignAsync(server, release, "final")).ShouldBeProblemAsync(409, "out_of_order");
        await (await lead.SignAsync(server, release, "final")).ShouldBeProblemAsync(422, "role_not_in_stage");
        await (await lead.SignAsync(server, release, "quality")).ShouldBeProblemAsync(422, "stage_unknown");
        await lead.SignAsync(server, release, "technical").ShouldBeCreatedAsync();
        await (await lead.SignAsync(server, release, "technical")).ShouldBeProblemAsync(409, "already_signed");
        await (await second.SignAsync(server, release, "technical")).ShouldBeProblemAsync(409, "already_signed");
    }

    [Fact]
    public async Task The_same_envelope_again_is_refused_and_that_of_another_release_too()
    {
        var release = await SignedRelease.OpenAsync(server);
        var other = await SignedRelease.OpenAsync(server);
        using var lead = await Person.EnrolAsync(server, "lead");
        var envelope = lead.Sign(await lead.ReadAsync(server, release, "technical"));

        await (await Person.SubmitAsync(server, other, envelope)).ShouldBeProblemAsync(422, "wrong_release");
        await Person.SubmitAsync(server, release, envelope).ShouldBeCreatedAsync();
        await (await Person.SubmitAsync(server, release, envelope)).ShouldBeProblemAsync(409, "sign_off_repeated");

        // Withdrawn or not: a statement is taken once.
        (await server.Client().PostJsonAsync($"{release}/sign-offs/withdrawal", $$"""{"signer":"{{lead.Id}}","reason":"too early"}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await (await Person.SubmitAsync(server, release, envelope)).ShouldBeProblemAsync(409, "sign_off_repeated");
    }

    [Fact]
    public async Task A_revoked_key_signs_nothing_more_and_what_it_signed_stays()
    {
        var release = await SignedRelease.OpenAsync(server);
        using var lead = await Person.EnrolAsync(server, "lead");
        using var security = await Person.EnrolAsync(server, "security");
        await lead.SignAsync(server, release, "technical").ShouldBeCreatedAsync();
        var ready = security.Sign(await security.ReadAsync(server, release, "technical"));

        foreach (var person in (Person[])[lead, security])
            (await server.Client("compliance").PostJsonAsync($"v1/signers/{person.Id}/keys/{person.KeyId}/revocation", """{"reason":"laptop lost"}""")).StatusCode.ShouldBe(HttpStatusCode.OK);

        await (await Person.SubmitAsync(server, release, ready)).ShouldBeProblemAsync(409, "key_revoked");
        var report = await Person.VerifyAsync(server, release);
        report.Text("status").ShouldBe("INCOMPLETE");
        var link = report.GetProperty("links").EnumerateArray().ShouldHaveSingleItem();
        link.Text("state").ShouldBe("counts");
        link.GetProperty("checks").EnumerateArray().ShouldAllBe(check => check.Text("outcome") == "passed");
    }

    [Fact]
    public async Task What_was_signed_before_something_happened_is_not_taken_afterwards()
    {
        var release = await SignedRelease.OpenAsync(server);
        using var lead = await Person.EnrolAsync(server, "lead");
        var envelope = lead.Sign(await lead.ReadAsync(server, release, "technical"));
        (await server.Client("ci").ReportAsync(release, RunningServer.PassingReport, "?supersede=again")).StatusCode.ShouldBe(HttpStatusCode.Created);
        await (await Person.SubmitAsync(server, release, envelope)).ShouldBeProblemAsync(409, "state_changed");
    }

    [Fact]
    public async Task A_gate_that_changes_makes_the_chain_stale_until_they_sign_again()
    {
        var release = await SignedRelease.OpenAsync(server);
        using var lead = await Person.EnrolAsync(server, "lead");
        using var security = await Person.EnrolAsync(server, "security");
        using var cto = await Person.EnrolAsync(server, "cto");
        await SignAllAsync(release, lead, security, cto);
        var complete = await server.SizeAsync();

        await server.Client("ci").ReportAsync(release, RunningServer.PassingReport, "?supersede=again").ShouldBeCreatedAsync();
        var stale = await Person.VerifyAsync(server, release);
        (stale.Text("status"), stale.Text("reason")).ShouldBe(("STALE", "stale"));
        stale.GetProperty("links").EnumerateArray().ShouldAllBe(link => link.Text("state") == "stale");
        await (await SignedRelease.DecideAsync(server, release)).ShouldBeProblemAsync(409, "sign_offs_stale");
        (await Person.VerifyAsync(server, release, $"?asOf={complete}")).Text("status").ShouldBe("VALID");
        await (await cto.SignAsync(server, release, "final")).ShouldBeProblemAsync(409, "out_of_order");

        await SignAllAsync(release, lead, security, cto);
        (await Person.VerifyAsync(server, release)).Text("status").ShouldBe("VALID");
        await SignedRelease.DecideAsync(server, release).ShouldBeCreatedAsync();
    }

    [Fact]
    public async Task A_rejection_stops_the_release_until_its_signer_takes_it_back()
    {
        var release = await SignedRelease.OpenAsync(server);
        using var lead = await Person.EnrolAsync(server, "lead", accounts: ["local-signer"]);
        using var security = await Person.EnrolAsync(server, "security");
        var rejected = await (await lead.SignAsync(server, release, "technical", SignOffChoice.Reject)).JsonAsync();
        (rejected.Text("chain"), rejected.Text("verdict")).ShouldBe(("rejected", "NO_GO"));

        await (await security.SignAsync(server, release, "technical")).ShouldBeProblemAsync(409, "release_rejected");
        await (await SignedRelease.DecideAsync(server, release)).ShouldBeProblemAsync(409, "sign_offs_rejected");
        var report = await Person.VerifyAsync(server, release);
        (report.Text("status"), report.Text("reason")).ShouldBe(("INCOMPLETE", "rejected"));

        var withdrawal = $$"""{"signer":"{{lead.Id}}","reason":"it was another build"}""";
        await (await server.Client("compliance").PostJsonAsync($"{release}/sign-offs/withdrawal", withdrawal)).ShouldBeProblemAsync(403, "not_your_sign_off");
        var withdrawn = await server.Client("signer").PostJsonAsync($"{release}/sign-offs/withdrawal", withdrawal);
        withdrawn.StatusCode.ShouldBe(HttpStatusCode.OK, await withdrawn.Content.ReadAsStringAsync());
        (await withdrawn.JsonAsync()).Text("chain").ShouldBe("incomplete");
        await security.SignAsync(server, release, "technical").ShouldBeCreatedAsync();
    }

    [Fact]
    public async Task Of_ten_who_sign_at_one_head_at_once_exactly_one_is_taken()
    {
        var release = await SignedRelease.OpenAsync(server);
        var people = await Task.WhenAll(Enumerable.Range(0, 10).Select(n => Person.EnrolAsync(server, n % 2 == 0 ? "lead" : "security")));
        var envelopes = await Task.WhenAll(people.Select(async person => person.Sign(await person.ReadAsync(server, release, "technical"))));
        var before = await server.CausedAsync();

        var answers = await Task.WhenAll(envelopes.Select(envelope => Person.SubmitAsync(server, release, envelope)));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.Created).ShouldBe(1);
        foreach (var answer in answers.Where(answer => answer.StatusCode != HttpStatusCode.Created))
            (await answer.JsonAsync()).Text("code").ShouldBeOneOf("previous_mismatch", "state_changed", "already_signed");
        (await server.CausedAsync()).ShouldBe(before + 1);
        foreach (var person in people) person.Dispose();
    }

    [Fact]
    public async Task Whoever_opened_or_reported_does_not_sign_under_any_of_their_names()
    {
        var release = await SignedRelease.OpenAsync(server);
        using var opener = await Person.EnrolAsync(server, "lead", accounts: ["local-admin"]);
        using var reporter = await Person.EnrolAsync(server, "security", accounts: ["local-ci"]);
        await (await opener.SignAsync(server, release, "technical")).ShouldBeProblemAsync(403, "opener_may_not_sign");
        await (await reporter.SignAsync(server, release, "technical")).ShouldBeProblemAsync(403, "reporter_may_not_sign");
    }

    [Fact]
    public async Task A_signature_that_is_not_the_signer_s_is_refused()
    {
        var release = await SignedRelease.OpenAsync(server);
        using var lead = await Person.EnrolAsync(server, "lead");
        using var stranger = Person.Stranger();
        var predicate = await lead.ReadAsync(server, release, "technical");
        var envelope = lead.Sign(predicate);

        await (await stranger.SignAsync(server, release, "technical")).ShouldBeProblemAsync(404, "signer_unknown");
        await (await Person.SubmitAsync(server, release, stranger.Sign(predicate))).ShouldBeProblemAsync(422, "signature_invalid");
        await (await Person.SubmitAsync(server, release, Changed(envelope, json => json["signatures"]![0]!["sig"] = Convert.ToBase64String(new byte[71])))).ShouldBeProblemAsync(422, "signature_invalid");
        var other = JsonNode.Parse(lead.Sign(predicate with { Meaning = "I approve the next one too." }))!["payload"]!.DeepClone();
        await (await Person.SubmitAsync(server, release, Changed(envelope, json => json["payload"] = other))).ShouldBeProblemAsync(422, "signature_invalid");
        await (await Person.SubmitAsync(server, release, lead.Sign(predicate with { Ledger = "another.example/ledger" }))).ShouldBeProblemAsync(422, "wrong_ledger");
        await (await Person.SubmitAsync(server, release, lead.Sign(predicate with { Signer = predicate.Signer with { Name = "Somebody Else" } }))).ShouldBeProblemAsync(422, "wrong_name");
        await (await Person.SubmitAsync(server, release, lead.Sign(predicate with { Policy = predicate.Policy with { Version = 999 } }))).ShouldBeProblemAsync(422, "wrong_policy");
        await (await Person.SubmitAsync(server, release, lead.Sign(predicate with { GoNoGo = predicate.GoNoGo with { Digest = predicate.Stream.Head } }))).ShouldBeProblemAsync(409, "state_changed");
        await (await Person.SubmitAsync(server, release, lead.Sign(predicate with { Stream = predicate.Stream with { Head = predicate.GoNoGo.Digest } }))).ShouldBeProblemAsync(409, "state_changed");
        await (await Person.SubmitAsync(server, release, lead.Sign(predicate with { Time = DateTimeOffset.UtcNow.AddHours(1) }))).ShouldBeProblemAsync(422, "time_in_future");
        await (await Person.SubmitAsync(server, release, lead.Sign(predicate with { Nonce = "00" }))).ShouldBeProblemAsync(422, "nonce_invalid");
        await Person.SubmitAsync(server, release, envelope).ShouldBeCreatedAsync();
    }

    [Fact]
    public async Task What_is_no_envelope_or_no_statement_is_named_as_that()
    {
        var release = await SignedRelease.OpenAsync(server);
        using var lead = await Person.EnrolAsync(server, "lead");
        var predicate = await lead.ReadAsync(server, release, "technical");
        var payload = Encoding.UTF8.GetBytes("""{"hello":"world"}""");
        string Signed(string type, byte[] content) => Encoding.UTF8.GetString(Envelope.Sign(type, content, lead.Key).ToBytes());

        await (await Person.SubmitAsync(server, release, "{}")).ShouldBeProblemAsync(422, "envelope_malformed");
        await (await Person.SubmitAsync(server, release, "nothing")).ShouldBeProblemAsync(422, "envelope_malformed");
        await (await Person.SubmitAsync(server, release, Signed("text/plain", payload))).ShouldBeProblemAsync(422, "envelope_payload_type_differs");
        await (await Person.SubmitAsync(server, release, Signed(Statement.PayloadType, payload))).ShouldBeProblemAsync(422, "statement_malformed");
        var spaced = JsonNode.Parse(Convert.FromBase64String(JsonNode.Parse(lead.Sign(predicate))!["payload"]!.GetValue<string>()))!.ToJsonString(new() { WriteIndented = true });
        await (await Person.SubmitAsync(server, release, Signed(Statement.PayloadType, Encoding.UTF8.GetBytes(spaced)))).ShouldBeProblemAsync(422, "statement_malformed");
        await (await server.Client("signer").PostAsync($"{release}/sign-offs", new StringContent(lead.Sign(predicate), Encoding.UTF8, "text/plain"))).ShouldBeProblemAsync(415, "media_type_unsupported");
        await (await server.Client("signer").PostJsonAsync($"{release}/sign-offs", new string(' ', Envelope.MaxBytes + 1))).ShouldBeProblemAsync(413, "body_too_large");
    }

    [Fact]
    public async Task What_would_have_to_be_redacted_is_not_taken_because_it_is_signed()
    {
        var release = await SignedRelease.OpenAsync(server);
        using var lead = await Person.EnrolAsync(server, "lead");
        var predicate = await lead.ReadAsync(server, release, "technical");
        await (await Person.SubmitAsync(server, release, lead.Sign(predicate with { Meaning = "ask canary.person@mailbox.example" }))).ShouldBeProblemAsync(422, "meaning_personal_data");
        await (await Person.SubmitAsync(server, release, lead.Sign(predicate, artifact: "canary.person@mailbox.example"))).ShouldBeProblemAsync(422, "statement_personal_data");
        (await server.Client().GetStringAsync($"{release}/history")).ShouldNotContain("canary.person");
    }

    [Fact]
    public async Task A_sign_off_repeated_with_its_key_is_answered_with_the_first_receipt()
    {
        var release = await SignedRelease.OpenAsync(server);
        using var lead = await Person.EnrolAsync(server, "lead");
        using var security = await Person.EnrolAsync(server, "security");
        var envelope = lead.Sign(await lead.ReadAsync(server, release, "technical"));
        var first = await Person.SubmitAsync(server, release, envelope, "signed-once");
        await security.SignAsync(server, release, "technical").ShouldBeCreatedAsync();
        var size = await server.CausedAsync();

        var again = await Person.SubmitAsync(server, release, envelope, "signed-once");

        again.StatusCode.ShouldBe(HttpStatusCode.Created);
        again.Headers.GetValues("Idempotency-Replayed").Single().ShouldBe("true");
        (await again.JsonAsync()).GetProperty("receipt").ToString().ShouldBe((await first.JsonAsync()).GetProperty("receipt").ToString());
        (await server.CausedAsync()).ShouldBe(size);
        await (await Person.SubmitAsync(server, release, lead.Sign(await lead.ReadAsync(server, release, "technical")), "signed-once")).ShouldBeProblemAsync(409, "idempotency_key_reused");
    }

    [Fact]
    public async Task A_release_whose_policy_asks_for_no_sign_offs_has_none()
    {
        var release = await server.OpenAsync();
        using var lead = await Person.EnrolAsync(server, "lead");
        var report = await Person.VerifyAsync(server, release);
        (report.Text("status"), report.GetProperty("required").GetBoolean(), report.GetProperty("links").GetArrayLength()).ShouldBe(("VALID", false, 0));
        await (await lead.SignAsync(server, release, "technical")).ShouldBeProblemAsync(422, "stage_unknown");
        (await (await server.Client().GetAsync($"{release}/sign-offs")).JsonAsync()).TryGetProperty("signOff", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_not_there_is_not_verified()
    {
        foreach (var path in (string[])["sign-offs", "sign-offs/preparation", "sign-offs/verification"])
            await (await server.Client().GetAsync($"v1/releases/shop/none/{path}")).ShouldBeProblemAsync(404, "release_unknown");
        var release = await SignedRelease.OpenAsync(server);
        await (await server.Client().GetAsync($"{release}/sign-offs/verification?asOf=yesterday")).ShouldBeProblemAsync(400, "parameter_invalid");
        await (await server.Client().GetAsync($"{release}/sign-offs/verification?asOf=1")).ShouldBeProblemAsync(404, "release_unknown");
        await (await server.Client().PostJsonAsync($"{release}/sign-offs/withdrawal", """{"signer":"no\u0000body","reason":"r"}""")).ShouldBeProblemAsync(404, "sign_off_unknown");
    }

    private async Task SignAllAsync(string release, Person lead, Person security, Person cto)
    {
        await lead.SignAsync(server, release, "technical").ShouldBeCreatedAsync();
        await security.SignAsync(server, release, "technical").ShouldBeCreatedAsync();
        await cto.SignAsync(server, release, "final").ShouldBeCreatedAsync();
    }

    private static string Changed(string envelope, Action<JsonNode> change)
    {
        var json = JsonNode.Parse(envelope)!;
        change(json);
        return json.ToJsonString();
    }
}
