using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Integrity.Keys;
using Ledger.Server.Tests.SignOffs;

namespace Ledger.Server.Tests.Signers;

[Collection(ServerCollection.Name)]
public sealed class SignerEndpointTests(RunningServer server)
{
    [Fact]
    public async Task A_signer_is_shown_with_every_key_they_ever_had()
    {
        using var person = await Person.EnrolAsync(server, "lead", accounts: ["ci-of-them"]);
        using var second = Person.Stranger();
        using var third = SigningKey.Generate(KeyAlgorithm.EcdsaP384);
        var compliance = server.Client("compliance");
        var replaced = await compliance.PostJsonAsync($"v1/signers/{person.Id}/keys", KeyBody(second.Key.PublicKey, replaces: person.KeyId));
        replaced.StatusCode.ShouldBe(HttpStatusCode.Created, await replaced.Content.ReadAsStringAsync());
        (await replaced.JsonAsync()).Text("replaces").ShouldBe(person.KeyId);
        await compliance.PostJsonAsync($"v1/signers/{person.Id}/keys", KeyBody(third.PublicKey, notBefore: "2999-01-01T00:00:00Z", notAfter: "2999-02-01T00:00:00Z")).ShouldBeCreatedAsync();
        (await compliance.PostJsonAsync($"v1/signers/{person.Id}/keys/{second.KeyId}/revocation", """{"reason":"replaced"}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await compliance.PostJsonAsync($"v1/signers/{person.Id}/changes", """{"roles":["cto","lead"],"accounts":[],"reason":"promoted"}""")).StatusCode.ShouldBe(HttpStatusCode.OK);

        var shown = await (await server.Client("auditor").GetAsync($"v1/signers/{person.Id}")).JsonAsync();
        shown.Text("name").ShouldBe(person.Name);
        shown.GetProperty("roles").EnumerateArray().Select(role => role.GetString()).ShouldBe(["cto", "lead"]);
        shown.GetProperty("accounts").GetArrayLength().ShouldBe(0);
        var keys = shown.GetProperty("keys").EnumerateArray().ToList();

        // Whatever the reason says: a key that another one was added for is replaced, and one that was revoked is revoked.
        keys.Select(key => key.Text("state")).ShouldBe(["replaced", "revoked", "not yet valid"]);
        keys[0].Text("publicKey").ShouldBe(person.Key.PublicKey.ExportSpkiPem());
        keys[1].GetProperty("ended").Text("reason").ShouldBe("replaced");
        (keys[2].Text("algorithm"), keys[2].Text("notBefore")).ShouldBe(("ecdsa-p384-sha384", "2999-01-01T00:00:00.000000Z"));

        var listed = (await (await server.Client("ci").GetAsync("v1/signers")).JsonAsync()).GetProperty("signers").EnumerateArray().ToList();
        listed.Select(signer => signer.Text("id")).ShouldBeInOrder();
        listed.Single(signer => signer.Text("id") == person.Id).ToString().ShouldBe(shown.ToString());
    }

    [Fact]
    public async Task A_key_comes_as_a_JWK_too_and_an_RSA_key_says_how_it_signs()
    {
        var compliance = server.Client("compliance");
        using var person = await Person.EnrolAsync(server, "lead");
        var jwk = """{"publicKey":{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}}""";
        await compliance.PostJsonAsync($"v1/signers/{person.Id}/keys", jwk).ShouldBeCreatedAsync();
        using var rsa = SigningKey.Generate(KeyAlgorithm.RsaPssSha256);
        await (await compliance.PostJsonAsync($"v1/signers/{person.Id}/keys", KeyBody(rsa.PublicKey))).ShouldBeProblemAsync(422, "key_algorithm_needed");
        await compliance.PostJsonAsync($"v1/signers/{person.Id}/keys", KeyBody(rsa.PublicKey, algorithm: "rsa-pss-sha256")).ShouldBeCreatedAsync();
    }

    [Fact]
    public async Task What_is_no_public_key_is_refused_and_a_private_one_told_to_stay_at_home()
    {
        var compliance = server.Client("compliance");
        using var person = await Person.EnrolAsync(server, "lead");
        var path = $"v1/signers/{person.Id}/keys";
        var before = await server.CausedAsync();

        var secret = person.Key.ExportPkcs8Pem();
        var problem = await (await compliance.PostJsonAsync(path, $$"""{"publicKey":{{JsonSerializer.Serialize(secret)}}}""")).ShouldBeProblemAsync(422, "key_is_private");
        problem.ToString().ShouldNotContain(secret.Split('\n')[1]);
        server.Log.ShouldNotContain(secret.Split('\n')[1]);
        await (await compliance.PostJsonAsync(path, """{"publicKey":"nothing"}""")).ShouldBeProblemAsync(422, "key_malformed");
        await (await compliance.PostJsonAsync(path, """{"publicKey":7}""")).ShouldBeProblemAsync(422, "key_malformed");
        await (await compliance.PostJsonAsync(path, """{"publicKey":null}""")).ShouldBeProblemAsync(422, "key_malformed");
        await (await compliance.PostJsonAsync(path, """{"publicKey":{"kty":"oct","k":"AAAA"}}""")).ShouldBeProblemAsync(422, "key_is_private");
        await (await compliance.PostJsonAsync(path, KeyBody(person.Key.PublicKey, algorithm: "rot13"))).ShouldBeProblemAsync(422, "key_algorithm_unknown");
        await (await compliance.PostJsonAsync(path, KeyBody(person.Key.PublicKey, algorithm: "ed25519"))).ShouldBeProblemAsync(422, "key_algorithm_differs");
        await (await compliance.PostJsonAsync(path, KeyBody(person.Key.PublicKey))).ShouldBeProblemAsync(409, "key_exists");
        using var other = Person.Stranger();
        await (await compliance.PostJsonAsync(path, KeyBody(other.Key.PublicKey, notAfter: "2000-01-01T00:00:00Z"))).ShouldBeProblemAsync(422, "key_invalid");
        await (await compliance.PostJsonAsync(path, KeyBody(other.Key.PublicKey, replaces: other.KeyId))).ShouldBeProblemAsync(404, "key_unknown");
        await (await compliance.PostJsonAsync($"{path}/{other.KeyId}/revocation", """{"reason":"r"}""")).ShouldBeProblemAsync(404, "key_unknown");
        await (await compliance.PostJsonAsync($"{path}/mine/revocation", """{"reason":"r"}""")).ShouldBeProblemAsync(404, "key_unknown");
        (await server.CausedAsync()).ShouldBe(before);
    }

    [Theory]
    [InlineData("Alice")]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a\\u0000b")]
    [InlineData("a\\ud800")]
    [InlineData("canary.person@mailbox.example")]
    public async Task An_id_that_may_not_stand_in_the_log_is_refused(string id) =>
        await (await server.Client("compliance").PostJsonAsync("v1/signers", $$"""{"id":"{{id}}","name":"Alice","roles":["lead"]}""")).ShouldBeProblemAsync(
            id.Contains("ud800", StringComparison.Ordinal) ? 400 : 422, id.Contains("ud800", StringComparison.Ordinal) ? "body_malformed" : "signer_invalid");

    [Fact]
    public async Task Names_and_reasons_are_stored_without_personal_data_and_accounts_with_it_refused()
    {
        var compliance = server.Client("compliance");
        using var person = await Person.EnrolAsync(server, "lead", name: "Alice canary.person@mailbox.example");
        (await compliance.PostJsonAsync($"v1/signers/{person.Id}/changes", """{"roles":[],"accounts":[],"reason":"ask canary.person@mailbox.example"}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await compliance.PostJsonAsync($"v1/signers/{person.Id}/keys/{person.KeyId}/revocation", """{"reason":"ask canary.person@mailbox.example"}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await compliance.GetStringAsync($"v1/signers/{person.Id}")).ShouldContain("[EMAIL_REDACTED]");
        (await compliance.GetStringAsync("v1/signers")).ShouldNotContain("canary.person");
        await (await compliance.PostJsonAsync($"v1/signers/{person.Id}/changes", """{"roles":[],"accounts":["canary.person@mailbox.example"],"reason":"r"}""")).ShouldBeProblemAsync(422, "accounts_invalid");
    }

    [Fact]
    public async Task Who_is_there_already_is_not_enrolled_again_and_who_is_not_is_not_changed()
    {
        var compliance = server.Client("compliance");
        using var person = await Person.EnrolAsync(server, "lead");
        await (await compliance.PostJsonAsync("v1/signers", person.EnrolBody())).ShouldBeProblemAsync(409, "signer_exists");
        foreach (var id in (string[])["nobody", "No%20Body"])
        {
            await (await compliance.PostJsonAsync($"v1/signers/{id}/changes", """{"roles":[],"accounts":[],"reason":"r"}""")).ShouldBeProblemAsync(404, "signer_unknown");
            await (await compliance.PostJsonAsync($"v1/signers/{id}/keys", KeyBody(person.Key.PublicKey))).ShouldBeProblemAsync(404, "signer_unknown");
            await (await compliance.PostJsonAsync($"v1/signers/{id}/keys/{person.KeyId}/revocation", """{"reason":"r"}""")).ShouldBeProblemAsync(404, "signer_unknown");
            await (await compliance.GetAsync($"v1/signers/{id}")).ShouldBeProblemAsync(404, "signer_unknown");
        }
    }

    [Fact]
    public async Task A_token_of_some_services_does_not_decide_who_signs_for_all()
    {
        using var person = Person.Stranger();
        var scoped = server.WithToken(await server.MakeTokenAsync("admin", ["shop"]));
        await (await scoped.PostJsonAsync("v1/signers", person.EnrolBody())).ShouldBeProblemAsync(403, "service_out_of_scope");
        (await scoped.GetAsync("v1/signers")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static string KeyBody(PublicKey key, string? algorithm = null, string? replaces = null, string? notBefore = null, string? notAfter = null)
    {
        var body = new JsonObject { ["publicKey"] = key.ExportSpkiPem() };
        foreach (var (name, value) in ((string, string?)[])[("algorithm", algorithm), ("replaces", replaces), ("notBefore", notBefore), ("notAfter", notAfter)])
            if (value is not null) body[name] = value;
        return body.ToJsonString();
    }
}
