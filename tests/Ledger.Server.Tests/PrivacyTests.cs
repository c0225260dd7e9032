using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Ledger.Server.Tests;

/// <summary>Canaries in every field: none of them comes out again, wherever it went in.</summary>
[Collection(ServerCollection.Name)]
public sealed class PrivacyTests(RunningServer server)
{
    private const string Email = "canary.person@mailbox.example";
    private const string Password = "hunter2canary99";
    private const string SocialSecurity = "078-05-1120";
    private static readonly string[] Canaries = [Email, "canary.person", Password, SocialSecurity];
    private static readonly string Text = $"ask {Email}, password={Password}, SSN {SocialSecurity}";

    [Fact]
    public async Task What_people_write_is_stored_and_told_without_the_personal_data_in_it()
    {
        var admin = server.Client();
        var seen = new StringBuilder();
        var release = $"shop/canary-{Guid.NewGuid():N}";
        var open = JsonNode.Parse(RunningServer.OpenBody(release))!;
        open["summary"] = Text;
        open["tag"] = Email;
        open["environment"] = $"of {Email}";
        open["artifacts"]![0]!["name"] = Email;
        await SeeAsync(seen, await admin.PostJsonAsync("v1/releases", open.ToJsonString()), HttpStatusCode.Created);

        var path = $"v1/releases/{release}";
        await SeeAsync(seen, await admin.PostJsonAsync($"{path}/gates/review/attestations", Body(("note", Text), ("met", false))), HttpStatusCode.Created);
        await SeeAsync(seen, await admin.PostJsonAsync($"{path}/gates/review/attestations", Body(("note", "fine"), ("supersede", Text))), HttpStatusCode.Created);
        await SeeAsync(seen, await admin.PostJsonAsync($"{path}/gates/review/waivers", Body(("owner", Email), ("reason", Text), ("control", Text), ("until", "2999-01-01T00:00:00Z"))), HttpStatusCode.Created);
        var reported = await admin.ReportAsync(path, $"""<testsuite name="{Email}" tests="1"><testcase name="a" classname="b"><system-out>{Text}</system-out></testcase></testsuite>""", $"?supersede={Uri.EscapeDataString(Text)}");
        await SeeAsync(seen, reported, HttpStatusCode.Created);
        var report = await reported.JsonAsync();
        report.GetProperty("redactions").GetInt32().ShouldBeGreaterThan(0);
        await SeeAsync(seen, await admin.GetAsync($"v1/evidence/{report.GetProperty("evidence").Text("digest")}"), HttpStatusCode.OK);
        await SeeAsync(seen, await admin.PostJsonAsync($"{path}/close", Body(("outcome", "failed"), ("reason", Text))), HttpStatusCode.Created);

        await SeeAsync(seen, await admin.GetAsync(path), HttpStatusCode.OK);
        await SeeAsync(seen, await admin.GetAsync($"{path}/history"), HttpStatusCode.OK);
        seen.ToString().ShouldContain("[EMAIL_REDACTED]");
        Check(seen.ToString());
    }

    [Fact]
    public async Task Errors_do_not_repeat_the_personal_data_that_caused_them()
    {
        var admin = server.Client();
        var release = await server.OpenAsync();
        var seen = new StringBuilder();
        var encoded = Uri.EscapeDataString(Email);
        HttpResponseMessage[] answers =
        [
            await admin.GetAsync($"v1/releases/shop/{encoded}"),
            await admin.GetAsync($"v1/{encoded}"),
            await admin.GetAsync($"v1/policies/{encoded}"),
            await admin.GetAsync($"v1/releases?service={encoded}&limit={encoded}"),
            await admin.GetAsync($"{release}?asOf={encoded}"),
            await admin.ReportAsync(release, RunningServer.PassingReport, $"?tool={encoded}"),
            await admin.ReportAsync(release, RunningServer.PassingReport, gate: encoded),
            await admin.ReportAsync(release, Text),
            await admin.PostJsonAsync("v1/releases", RunningServer.OpenBody(Email)),
            await admin.PostJsonAsync("v1/releases", RunningServer.OpenBody("shop/c1", Email)),
            await admin.PostJsonAsync("v1/releases", RunningServer.OpenBody("shop/c2").Replace(RunningServer.Commit, Email, StringComparison.Ordinal)),
            await admin.PostJsonAsync($"{release}/gates/review/attestations", $$"""{"note":"x","checks":["{{Email}}"]}"""),
            await admin.PostJsonAsync($"{release}/gates/review/attestations", $$"""{"note":"x","{{Email}}":1}"""),
            await admin.PostJsonAsync($"{release}/gates/review/attestations", Text),
            await admin.PostJsonAsync("v1/tokens", $$"""{"role":"ci","services":["shop"],"subject":"{{Email}}"}"""),
            await admin.PostJsonAsync("v1/tokens", $$"""{"role":"ci","services":["shop"],"subject":"{{SocialSecurity}}"}"""),
            await admin.PostJsonAsync("v1/tokens", $$"""{"role":"{{Email}}","services":["shop"],"subject":"x"}"""),
            await server.PublishAsync($"name: x\n{Email}: y\n"),
        ];
        foreach (var answer in answers)
        {
            ((int)answer.StatusCode).ShouldBeInRange(400, 499);
            seen.Append(answer.Headers).Append(await answer.Content.ReadAsStringAsync());
        }

        Check(seen.ToString());
    }

    [Fact]
    public async Task A_policy_s_contacts_and_commands_are_published_without_personal_data()
    {
        var policy = RunningServer.Policy
            .Replace("name: standard", "name: canary-policy", StringComparison.Ordinal)
            .Replace("title: Standard release", $"title: \"{Text.Replace("\"", "", StringComparison.Ordinal)}\"", StringComparison.Ordinal);
        var answer = await server.PublishAsync(policy);
        var text = await answer.Content.ReadAsStringAsync();
        if (answer.IsSuccessStatusCode) text += await server.Client().GetStringAsync("v1/policies/canary-policy");
        Check(text);
    }

    [Fact]
    public async Task A_token_is_neither_logged_nor_told_twice()
    {
        var token = await server.MakeTokenAsync("ci", ["shop"]);
        await server.WithToken(token).GetAsync("v1/whoami");
        await server.WithToken(token + "x").GetAsync("v1/whoami");
        await server.Client(null).GetAsync($"v1/whoami?token={token}");
        await server.WithToken(token).ReportAsync(await server.OpenAsync(), $"{{\"x\":\"{token}\"}}");
        server.Log.ShouldNotContain(token[..12]);
        server.Log.ShouldNotContain(server.Token("admin"));
    }

    private static string Body(params (string Name, JsonNode? Value)[] members) =>
        new JsonObject(members.Select(member => KeyValuePair.Create(member.Name, member.Value))).ToJsonString();

    private static async Task SeeAsync(StringBuilder seen, HttpResponseMessage answer, HttpStatusCode expected)
    {
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(expected, text);
        seen.Append(answer.Headers).Append(text);
    }

    private void Check(string answers)
    {
        foreach (var canary in Canaries)
        {
            answers.ShouldNotContain(canary);
            server.Log.ShouldNotContain(canary);
            server.Log.ShouldNotContain(Uri.EscapeDataString(canary));
        }
    }
}
