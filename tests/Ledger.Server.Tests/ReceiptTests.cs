using System.Net;
using System.Text;
using System.Text.Json;
using Ledger.Integrity;
using Ledger.Integrity.Notes;
using Ledger.Server.Tests.SignOffs;

namespace Ledger.Server.Tests;

/// <summary>With <c>?receipt=tlog-proof</c> every command's answer proves by itself that its event is in the log.</summary>
[Collection(ServerCollection.Name)]
public sealed class ReceiptTests(RunningServer server)
{
    private const string Wanted = "?receipt=tlog-proof";

    [Fact]
    public async Task Every_command_s_receipt_can_carry_a_proof_that_verifies_offline()
    {
        var release = await SignedRelease.OpenAsync(server);
        using var lead = await Person.EnrolAsync(server, "lead");
        using var other = Person.Stranger();
        using var next = Person.Stranger();
        var admin = server.Client();
        var addKey = $$"""{"publicKey":{{JsonSerializer.Serialize(next.Key.PublicKey.ExportSpkiPem())}}}""";
        var policy = new StringContent(RunningServer.Policy.Replace("name: standard", "name: receipts", StringComparison.Ordinal), Encoding.UTF8, "application/yaml");
        (string Name, Func<Task<HttpResponseMessage>> Send)[] commands =
        [
            ("publish", () => admin.PostAsync($"v1/policies{Wanted}", policy)),
            ("open", () => admin.PostJsonAsync($"v1/releases{Wanted}", RunningServer.OpenBody("receipts/v1"))),
            ("report", () => admin.ReportAsync(release, RunningServer.PassingReport, $"{Wanted}&supersede=again")),
            ("enrol", () => admin.PostJsonAsync($"v1/signers{Wanted}", other.EnrolBody())),
            ("change", () => admin.PostJsonAsync($"v1/signers/{other.Id}/changes{Wanted}", """{"roles":["cto"],"accounts":[],"reason":"r"}""")),
            ("add-key", () => admin.PostJsonAsync($"v1/signers/{other.Id}/keys{Wanted}", addKey)),
            ("revoke", () => admin.PostJsonAsync($"v1/signers/{other.Id}/keys/{other.KeyId}/revocation{Wanted}", """{"reason":"r"}""")),
            ("sign", async () => await server.Client("signer").PostJsonAsync($"{release}/sign-offs{Wanted}", lead.Sign(await lead.ReadAsync(server, release, "technical")))),
            ("withdraw", () => admin.PostJsonAsync($"{release}/sign-offs/withdrawal{Wanted}", $$"""{"signer":"{{lead.Id}}","reason":"r"}""")),
            ("decide", () => admin.PostJsonAsync($"{release}/decision{Wanted}", """{"verdict":"NO_GO","reason":"r"}""")),
            ("waive", () => admin.PostJsonAsync($"{release}/gates/tests/waivers{Wanted}", """{"owner":"o","reason":"r","control":"c","until":"2999-01-01T00:00:00Z"}""")),
            ("close", () => admin.PostJsonAsync($"{release}/close{Wanted}", """{"outcome":"abandoned","reason":"r"}""")),
        ];
        var log = await (await admin.GetAsync("v1/log")).JsonAsync();
        VerifierKey.TryParse(log.Text("verifierKey"), out var key, out _).ShouldBeTrue();
        foreach (var (name, send) in commands)
        {
            var answer = await send();
            answer.IsSuccessStatusCode.ShouldBeTrue($"{name}: {await answer.Content.ReadAsStringAsync()}");
            var receipt = (await answer.JsonAsync()).GetProperty("receipt");
            TlogProof.TryParse(Encoding.UTF8.GetBytes(receipt.Text("proof")), out var proof, out var error).ShouldBeTrue($"{name}: {error}");
            proof!.LeafIndex.ShouldBe(receipt.GetProperty("leafIndex").GetInt64(), name);
            proof.Checkpoint.ToString().ShouldBe(receipt.Text("checkpoint"), name);
            Hash.TryParseHex(receipt.Text("leafHash"), out var leaf).ShouldBeTrue();
            proof.Verify(leaf, key!.Name, key).IsValid.ShouldBeTrue(name);
        }
    }

    [Fact]
    public async Task Nothing_is_appended_for_a_receipt_of_another_kind()
    {
        var release = await server.OpenAsync();
        var before = await server.CausedAsync();
        foreach (var query in (string[])["?receipt=pdf", "?receipt=", "?receipt=tlog-proof&receipt=tlog-proof"])
            await (await server.Client().ReportAsync(release, RunningServer.PassingReport, query)).ShouldBeProblemAsync(400, "parameter_invalid");
        (await server.CausedAsync()).ShouldBe(before);
        (await (await server.Client().ReportAsync(release, RunningServer.PassingReport)).JsonAsync()).GetProperty("receipt").TryGetProperty("proof", out _).ShouldBeFalse();
        (await server.Client().GetAsync($"{release}?receipt=pdf")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
