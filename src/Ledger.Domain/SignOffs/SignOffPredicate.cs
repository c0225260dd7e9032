using System.Text.Json;
using System.Text.Json.Serialization;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Policies;

namespace Ledger.Domain.SignOffs;

/// <summary>
/// What a signer puts their name to: the predicate of an in-toto Statement whose subjects are the release's artifacts.
/// <c>schema/json/sign-off.schema.json</c> describes it.
/// </summary>
/// <param name="Ledger">The origin of the ledger: a signature for one ledger is none for another.</param>
/// <param name="Release">The release, <c>service/version</c>.</param>
/// <param name="Stage">The stage of the policy's sign-off chain.</param>
/// <param name="Role">The role in which the person signs.</param>
/// <param name="Signer">Who signs.</param>
/// <param name="Decision">Approval or rejection.</param>
/// <param name="Meaning">What the signature means, in words (21 CFR 11.50).</param>
/// <param name="Stream">The release's stream as the signer saw it.</param>
/// <param name="Policy">The policy that the release pinned.</param>
/// <param name="GoNoGo">The go/no-go as the signer saw it.</param>
/// <param name="Time">When the person signed, by their own clock.</param>
/// <param name="Nonce">16 to 32 random bytes in hexadecimal digits: no two statements are the same.</param>
/// <param name="Previous">The digest of the statement of the sign-off before this one; null for the release's first.</param>
public sealed record SignOffPredicate(
    [property: JsonPropertyName("ledger")] string Ledger,
    [property: JsonPropertyName("release")] string Release,
    [property: JsonPropertyName("stage")] string Stage,
    [property: JsonPropertyName("role")] string Role,
    [property: JsonPropertyName("signer")] SignerReference Signer,
    [property: JsonPropertyName("decision"), JsonConverter(typeof(EnumNameJsonConverter<SignOffChoice>))] SignOffChoice Decision,
    [property: JsonPropertyName("meaning")] string Meaning,
    [property: JsonPropertyName("stream")] StreamSeen Stream,
    [property: JsonPropertyName("policy")] PolicyReference Policy,
    [property: JsonPropertyName("goNoGo")] GoNoGoSeen GoNoGo,
    [property: JsonPropertyName("time"), JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset Time,
    [property: JsonPropertyName("nonce")] string Nonce,
    [property: JsonPropertyName("previous"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Digest? Previous = null)
{
    /// <summary>The predicate's type in the in-toto Statement.</summary>
    public const string Type = "https://ledger.example/attestations/sign-off/v1";

    /// <summary>Reads a predicate strictly.</summary>
    /// <exception cref="JsonException">It is not one: the message says what is wrong.</exception>
    public static SignOffPredicate Read(ReadOnlySpan<byte> utf8) =>
        JsonSerializer.Deserialize(utf8, DomainJson.Default.SignOffPredicate) ?? throw new JsonException("the predicate is null");
}

/// <summary>A signer as named in a statement: the id and the printed name.</summary>
public sealed record SignerReference(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("name")] string Name);

/// <summary>A release's stream at one moment.</summary>
/// <param name="Version">The number of its events.</param>
/// <param name="Head">The leaf hash of the last of them, which covers all those before it.</param>
public sealed record StreamSeen(
    [property: JsonPropertyName("version")] long Version,
    [property: JsonPropertyName("head")] Digest Head);

/// <summary>A go/no-go as it was shown.</summary>
/// <param name="Verdict">What it was.</param>
/// <param name="At">The time it was asked for.</param>
/// <param name="Digest">SHA-256 of the canonical JSON (RFC 8785) of the <see cref="ReleaseStanding"/>.</param>
public sealed record GoNoGoSeen(
    [property: JsonPropertyName("verdict"), JsonConverter(typeof(EnumNameJsonConverter<Verdict>))] Verdict Verdict,
    [property: JsonPropertyName("at"), JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset At,
    [property: JsonPropertyName("digest")] Digest Digest);
