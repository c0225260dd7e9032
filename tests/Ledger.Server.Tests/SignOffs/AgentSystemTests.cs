using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ledger.Domain.Measurements;
using Ledger.Domain.Policies;
using Ledger.Integrity.Keys;

namespace Ledger.Server.Tests.SignOffs;

/// <summary>The sign-off of agent-system v2.2.0, as its document has it: three technical, two business, one final, and a decision in its window.</summary>
[Collection(ServerCollection.Name)]
public sealed partial class AgentSystemTests(RunningServer server)
{
    // A name of its own: other tests publish the policy under the one it is written with.
    private const string Policy = "agent-system-signed";

    private static readonly (string Stage, string Role, string Name, KeyAlgorithm Algorithm)[] Order =
    [
        ("technical", "devops-lead", "Alice Johnson", KeyAlgorithm.Ed25519),
        ("technical", "security-lead", "Carol White", KeyAlgorithm.EcdsaP256),
        ("technical", "engineering-manager", "David Brown", KeyAlgorithm.EcdsaP384),
        ("business", "product-manager", "Eve Davis", KeyAlgorithm.RsaPssSha256),
        ("business", "vp-engineering", "Frank Wilson", KeyAlgorithm.RsaPkcs1Sha256),
        ("final", "cto", "Grace Miller", KeyAlgorithm.Ed25519),
    ];

    [Fact]
    public async Task Six_people_sign_in_order_and_GO_is_decided_inside_the_window()
    {
        var now = DateTimeOffset.UtcNow;
        var release = await OpenAsync(now.AddMinutes(-10), now.AddHours(2));
        (await StatusAsync(release)).ShouldBe(("PENDING", "sign_off_missing"));
        await (await SignedRelease.DecideAsync(server, release)).ShouldBeProblemAsync(409, "sign_offs_incomplete");

        foreach (var (stage, role, name, algorithm) in Order)
        {
            using var person = await Person.EnrolAsync(server, role, name, algorithm);
            var answer = await person.SignAsync(server, release, stage);
            answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
            var signed = await answer.JsonAsync();
            (signed.Text("role"), signed.Text("name"), signed.Text("decision")).ShouldBe((role, name, "approve"));
            signed.Text("chain").ShouldBe(role == "cto" ? "complete" : "incomplete");
            signed.Text("verdict").ShouldBe(role == "cto" ? "GO" : "PENDING");
        }

        var report = await Person.VerifyAsync(server, release);
        report.Text("status").ShouldBe("VALID", report.ToString());
        report.GetProperty("links").EnumerateArray().Select(link => link.Text("role")).ShouldBe(Order.Select(each => each.Role));
        report.GetProperty("links").EnumerateArray().SelectMany(link => link.GetProperty("checks").EnumerateArray()).ShouldAllBe(check => check.Text("outcome") == "passed");

        var decided = await (await SignedRelease.DecideAsync(server, release)).JsonAsync();
        decided.Text("verdict").ShouldBe("GO");
        var listed = await (await server.Client("auditor").GetAsync($"{release}/sign-offs")).JsonAsync();
        listed.GetProperty("decision").Text("verdict").ShouldBe("GO");
        listed.GetProperty("signOff").GetProperty("stages").EnumerateArray().ShouldAllBe(stage => stage.GetProperty("complete").GetBoolean());
        var signOffs = report.GetProperty("links").EnumerateArray().Select(link => link.GetProperty("sequence").GetInt64());
        signOffs.Except(decided.GetProperty("inputs").EnumerateArray().Select(input => input.GetProperty("sequence").GetInt64())).ShouldBeEmpty();
        await (await SignedRelease.DecideAsync(server, release)).ShouldBeProblemAsync(409, "already_decided");
    }

    [Fact]
    public async Task Before_its_window_and_the_two_hours_ahead_of_it_GO_is_refused()
    {
        var start = DateTimeOffset.UtcNow.AddHours(3);
        var release = await OpenAsync(start, start.AddHours(2));
        foreach (var (stage, role, name, _) in Order)
        {
            using var person = await Person.EnrolAsync(server, role, name);
            await person.SignAsync(server, release, stage).ShouldBeCreatedAsync();
        }

        await (await SignedRelease.DecideAsync(server, release)).ShouldBeProblemAsync(409, "outside_window");
        await SignedRelease.DecideAsync(server, release, """{"verdict":"NO_GO","reason":"the window was moved"}""").ShouldBeCreatedAsync();
    }

    [Fact]
    public async Task Somebody_whom_the_policy_does_not_name_does_not_sign_in_their_stead()
    {
        var now = DateTimeOffset.UtcNow;
        var release = await OpenAsync(now.AddMinutes(-10), now.AddHours(2));
        using var other = await Person.EnrolAsync(server, "devops-lead", "Mallory Jones");
        await (await other.SignAsync(server, release, "technical")).ShouldBeProblemAsync(403, "role_not_held");
    }

    private async Task<(string Verdict, string Reason)> StatusAsync(string release)
    {
        var status = await (await server.Client().GetAsync(release)).JsonAsync();
        return (status.Text("verdict"), status.GetProperty("reasons")[0].Text("code"));
    }

    /// <summary>Opens the release and passes everything that the policy asks for.</summary>
    private async Task<string> OpenAsync(DateTimeOffset start, DateTimeOffset end)
    {
        var written = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "policies", "agent-system.yaml"));
        var published = await server.PublishAsync(written.Replace("\nname: agent-system\n", $"\nname: {Policy}\n", StringComparison.Ordinal));
        if (published.StatusCode != HttpStatusCode.Created) await published.ShouldBeProblemAsync(409, "policy_unchanged");
        var body = JsonNode.Parse(RunningServer.OpenBody($"agent-system/v2.2.0-{Guid.NewGuid():N}"[..40], Policy))!;
        body["window"] = new JsonObject { ["start"] = start.ToString("O"), ["end"] = end.ToString("O") };
        await server.Client().PostJsonAsync("v1/releases", body.ToJsonString()).ShouldBeCreatedAsync();
        var release = $"v1/releases/{body["release"]}";

        var document = (await (await server.Client().GetAsync($"v1/policies/{Policy}")).JsonAsync()).GetProperty("document");
        var policy = PolicyJson.Read(document).ShouldBeOfType<PolicyReading.Success>().Policy;
        foreach (var gate in policy.Gates)
        {
            foreach (var tool in gate.Criteria.GroupBy(criterion => criterion.Tool))
                await server.Client().ReportAsync(release, ReportOf(tool.Key, [.. tool]), $"?tool={tool.Key}", gate.Name).ShouldBeCreatedAsync();
            if (gate.Checks.Count > 0) await AttestAsync(release, gate.Name);
        }

        foreach (var condition in policy.NoGo.Where(condition => condition.When.Count == 0)) await AttestAsync(release, condition.Name);
        return release;
    }

    private Task AttestAsync(string release, string gate) =>
        server.Client().PostJsonAsync($"{release}/gates/{gate}/attestations", """{"note":"as the document states"}""").ShouldBeCreatedAsync();

    private static string ReportOf(string tool, Criterion[] criteria) => tool switch
    {
        "junit" => $"<testsuite name=\"all\">{string.Concat(Enumerable.Range(0, 1247).Select(n => $"<testcase name=\"t{n}\" classname=\"C\" time=\"0.1\"/>"))}</testsuite>",
        "gitleaks" => "[]",
        "trivy" => """{"SchemaVersion":2,"CreatedAt":"2026-01-12T09:14:03.1Z","ArtifactName":"app","ArtifactType":"container_image","Metadata":{"OS":{"Family":"debian","Name":"12.9"}},"Results":[{"Target":"app (debian 12.9)","Class":"os-pkgs","Type":"debian"}]}""",
        "k6" => """{"root_group":{},"state":{"testRunDurationMs":60000},"metrics":{"http_reqs":{"type":"counter","contains":"default","values":{"count":74820,"rate":1247}},"http_req_failed":{"type":"rate","contains":"default","values":{"rate":0.00029403902699812884,"passes":22,"fails":74798}},"http_req_duration":{"type":"trend","contains":"time","values":{"p(95)":164.3}},"vus_max":{"type":"gauge","contains":"default","values":{"value":1000}}}}""",
        _ => new JsonObject { ["measurements"] = new JsonArray([.. criteria.Select(criterion => new JsonObject { ["name"] = criterion.Metric, ["value"] = Passing(criterion) })]) }.ToJsonString(),
    };

    private static JsonValue Passing(Criterion criterion)
    {
        var text = criterion.Comparator is Comparator.Less
            ? Number().Replace(criterion.Threshold.Text, number => (double.Parse(number.Value, CultureInfo.InvariantCulture) / 2).ToString(CultureInfo.InvariantCulture))
            : criterion.Threshold.Text;
        return double.TryParse(text, CultureInfo.InvariantCulture, out var plain) ? JsonValue.Create(plain) : JsonValue.Create(text);
    }

    [GeneratedRegex(@"^[0-9.]+")]
    private static partial Regex Number();
}
