using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Domain;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.SignOffs;
using Ledger.Integrity;
using Ledger.Integrity.Canonical;
using Ledger.Integrity.Envelopes;
using Ledger.Integrity.Keys;
using Ledger.Integrity.Statements;
using Ledger.Verifier.Chains;

namespace Ledger.Server.Tests.SignOffs;

/// <summary>Somebody who signs on a machine of their own: the server has seen nothing of them but their public key.</summary>
internal sealed class Person : IDisposable
{
    private static int s_persons;

    private Person(string id, string name, string role, KeyAlgorithm algorithm) => (Id, Name, Role, Key) = (id, name, role, SigningKey.Generate(algorithm));

    public string Id { get; }

    public string Name { get; }

    public string Role { get; }

    public SigningKey Key { get; }

    public string KeyId => $"sha256:{Key.PublicKey.KeyId}";

    /// <summary>Enrols somebody new, with a key.</summary>
    public static async Task<Person> EnrolAsync(RunningServer server, string role, string? name = null, KeyAlgorithm algorithm = KeyAlgorithm.EcdsaP256, string[]? accounts = null)
    {
        var number = Interlocked.Increment(ref s_persons);
        var person = new Person($"person{number}", name ?? $"Person {number}", role, algorithm);
        var answer = await server.Client("compliance").PostJsonAsync("v1/signers", person.EnrolBody(accounts));
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return person;
    }

    public static Person Stranger(string role = "lead") => new($"stranger{Interlocked.Increment(ref s_persons)}", "A Stranger", role, KeyAlgorithm.EcdsaP256);

    public string EnrolBody(string[]? accounts = null) => new JsonObject
    {
        ["id"] = Id,
        ["name"] = Name,
        ["roles"] = new JsonArray(Role),
        ["accounts"] = new JsonArray([.. (accounts ?? []).Select(account => JsonValue.Create(account))]),
        ["key"] = new JsonObject { ["publicKey"] = Key.PublicKey.ExportSpkiPem(), ["algorithm"] = KeyAlgorithmName.Of(Key.Algorithm) },
    }.ToJsonString();

    /// <summary>Looks at the release as the server shows it, and says what they would sign.</summary>
    public async Task<SignOffPredicate> ReadAsync(RunningServer server, string release, string stage, SignOffChoice decision = SignOffChoice.Approve)
    {
        var shown = await (await server.Client("signer").GetAsync($"{release}/sign-offs/preparation")).JsonAsync();
        var seen = Read(shown.GetProperty("goNoGo"));

        // Whoever signs recomputes what they were shown.
        Hash.Sha256(CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(shown.GetProperty("standing").GetRawText()))).ToString().ShouldBe(seen.Digest.Hex);
        var policy = shown.GetProperty("policy");
        return new SignOffPredicate(
            shown.Text("ledger"), shown.Text("release"), stage, Role, new SignerReference(Id, Name), decision, "I have read the evidence and answer for this release.",
            new StreamSeen(shown.GetProperty("stream").GetProperty("version").GetInt64(), DigestOf(shown.GetProperty("stream").Text("head"))),
            new PolicyReference(policy.Text("name"), policy.GetProperty("version").GetInt64(), DigestOf(policy.Text("digest"))),
            seen, DateTimeOffset.UtcNow, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
            shown.TryGetProperty("previous", out var previous) ? DigestOf(previous.GetString()!) : null);
    }

    /// <summary>Signs: the envelope as JSON.</summary>
    public string Sign(SignOffPredicate predicate, string artifact = "app") =>
        Encoding.UTF8.GetString(Envelope.Sign(Statement.PayloadType, SignOffStatement.Build(predicate, [new Artifact(artifact, DigestOf(RunningServer.Artifact))]), Key).ToBytes());

    /// <summary>Reads, signs and hands in.</summary>
    public async Task<HttpResponseMessage> SignAsync(RunningServer server, string release, string stage, SignOffChoice decision = SignOffChoice.Approve, string? key = null) =>
        await SubmitAsync(server, release, Sign(await ReadAsync(server, release, stage, decision)), key);

    public static Task<HttpResponseMessage> SubmitAsync(RunningServer server, string release, string envelope, string? key = null) =>
        server.Client("signer").PostJsonAsync($"{release}/sign-offs", envelope, key);

    public static async Task<JsonElement> VerifyAsync(RunningServer server, string release, string query = "") =>
        await (await server.Client("auditor").GetAsync($"{release}/sign-offs/verification{query}")).JsonAsync();

    public void Dispose() => Key.Dispose();

    private static GoNoGoSeen Read(JsonElement seen) => new(
        seen.Text("verdict") switch { "GO" => Verdict.Go, "NO_GO" => Verdict.NoGo, _ => Verdict.Pending }, seen.GetProperty("at").GetDateTimeOffset(), DigestOf(seen.Text("digest")));

    private static Digest DigestOf(string text) => Digest.TryParse(text, out var digest) ? digest : throw new FormatException(text);
}
