using System.Text.Json.Serialization;
using Ledger.Domain.Events;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Releases;

namespace Ledger.Domain.SignOffs;

/// <summary>
/// A recorded decision as a verification summary: the predicate of an in-toto Statement whose subjects are the release's artifacts
/// (SLSA v1.1, Verification Summary Attestation). It follows from the decision's event alone, so that whoever has the event writes the same bytes.
/// </summary>
/// <param name="Verifier">The ledger, which held the release against its policy.</param>
/// <param name="TimeVerified">When the decision was recorded.</param>
/// <param name="ResourceUri">The release, and the environment that the decision is for.</param>
/// <param name="Policy">The policy that decided.</param>
/// <param name="InputAttestations">Every event that the decision rests on, in log order: all of them, as the specification asks.</param>
/// <param name="VerificationResult">PASSED for GO, FAILED for NO_GO.</param>
/// <param name="VerifiedLevels">One of our own names, which say nothing of SLSA's tracks; FAILED for NO_GO.</param>
public sealed record VerificationSummary(
    [property: JsonPropertyName("verifier")] SummaryVerifier Verifier,
    [property: JsonPropertyName("timeVerified"), JsonConverter(typeof(UtcTimeJsonConverter))] DateTimeOffset TimeVerified,
    [property: JsonPropertyName("resourceUri")] string ResourceUri,
    [property: JsonPropertyName("policy")] SummaryResource Policy,
    [property: JsonPropertyName("inputAttestations")] IReadOnlyList<SummaryResource> InputAttestations,
    [property: JsonPropertyName("verificationResult")] string VerificationResult,
    [property: JsonPropertyName("verifiedLevels")] IReadOnlyList<string> VerifiedLevels)
{
    /// <summary>The predicate's type in the in-toto Statement.</summary>
    public const string Type = "https://slsa.dev/verification_summary/v1";

    /// <summary>The version of the specification.</summary>
    [JsonPropertyName("slsaVersion")]
    public string SlsaVersion { get; } = "1.1";

    /// <summary>The summary of a decision.</summary>
    /// <param name="ledger">The ledger's origin.</param>
    /// <param name="opened">How the release was announced.</param>
    /// <param name="decision">The decision, at its place in the log.</param>
    /// <param name="leafDigest">SHA-256 of an event's canonical leaf, which is not the leaf's hash in the tree: it has no prefix.</param>
    public static VerificationSummary Of(
        string ledger, ReleaseEvent.Opened opened, Recorded<ReleaseEvent.DecisionMade> decision, Func<EventReference, Digest> leafDigest)
    {
        var made = decision.Event;
        return new VerificationSummary(
            new SummaryVerifier($"ledger://{ledger}"),
            decision.At,
            $"ledger://{ledger}/releases/{opened.Service}/{opened.Version}?environment={Uri.EscapeDataString(opened.Environment)}",
            new SummaryResource($"ledger://{ledger}/policies/{made.Policy.Name}/{made.Policy.Version}", new SummaryDigest(made.Policy.Digest.Hex)),
            [.. made.Inputs.Select(input => new SummaryResource($"ledger://{ledger}/events/{input.Sequence}", new SummaryDigest(leafDigest(input).Hex)))],
            made.Verdict == Verdict.Go ? "PASSED" : "FAILED",
            [Level(made)]);
    }

    // SlsaResult: values of one's own must not begin with SLSA_; FAILED is the specification's.
    private static string Level(ReleaseEvent.DecisionMade made) => made switch
    {
        { Verdict: not Verdict.Go } => "FAILED",
        { Emergency: not null } => "LEDGER_GO_BEFORE_APPROVAL",
        _ => "LEDGER_GO",
    };
}

/// <summary>Who verified, as a URI.</summary>
public sealed record SummaryVerifier([property: JsonPropertyName("id")] string Id);

/// <summary>Something named by URI and digest (in-toto ResourceDescriptor).</summary>
public sealed record SummaryResource(
    [property: JsonPropertyName("uri")] string Uri,
    [property: JsonPropertyName("digest")] SummaryDigest Digest);

/// <summary>A digest set (in-toto) of SHA-256 alone: 64 hexadecimal digits.</summary>
public sealed record SummaryDigest([property: JsonPropertyName("sha256")] string Sha256);
