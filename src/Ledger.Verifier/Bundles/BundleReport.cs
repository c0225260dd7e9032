using System.Text.Json.Serialization;
using Ledger.Domain;
using Ledger.Domain.GoNoGo;
using Ledger.Verifier.Chains;

namespace Ledger.Verifier.Bundles;

/// <summary>What verifying a bundle found.</summary>
/// <param name="Valid">True only when every required step passed.</param>
/// <param name="Trusted">Whether it was verified under a key that was given, and not merely under the one in the bundle.</param>
/// <param name="Steps">Every step, in order.</param>
/// <param name="Ledger">The log's origin; null where it is not known.</param>
/// <param name="Subject">What the bundle is about; null where the log's signature does not say.</param>
/// <param name="LogKey">The key it was verified under (C2SP signed-note); null where there is none.</param>
/// <param name="Checkpoint">The tree head that everything was held against; null where none was good.</param>
/// <param name="Verdict">Of a release: the go/no-go on record, replayed.</param>
/// <param name="Chain">Of a release: its sign-off chain.</param>
/// <param name="Population">Of a period: what is in it.</param>
public sealed record BundleReport(
    [property: JsonPropertyName("valid")] bool Valid,
    [property: JsonPropertyName("trusted")] bool Trusted,
    [property: JsonPropertyName("steps"), JsonPropertyOrder(1)] IReadOnlyList<BundleStep> Steps,
    [property: JsonPropertyName("ledger"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Ledger = null,
    [property: JsonPropertyName("subject"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Subject = null,
    [property: JsonPropertyName("logKey"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? LogKey = null,
    [property: JsonPropertyName("checkpoint"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] BundleCheckpoint? Checkpoint = null,
    [property: JsonPropertyName("verdict"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Verdict? Verdict = null,
    [property: JsonPropertyName("chain"), JsonPropertyOrder(2), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ChainReport? Chain = null,
    [property: JsonPropertyName("population"), JsonPropertyOrder(2), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Population? Population = null)
{
    /// <summary>The first step that keeps the bundle from being valid; null when it is.</summary>
    [JsonIgnore]
    public BundleStep? FirstFault => Valid ? null : Steps.FirstOrDefault(step => step.IsFault);
}

/// <summary>One step.</summary>
/// <param name="Name">Which.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Required">Whether the bundle is valid only if this passed.</param>
/// <param name="Detail">What was found, for a person.</param>
/// <param name="File">The file that it is about, where it is about one.</param>
/// <param name="Where">Where in the file, e.g. <c>line 3</c>; null where it is the file as a whole.</param>
public sealed record BundleStep(
    [property: JsonPropertyName("name")] BundleCheck Name,
    [property: JsonPropertyName("outcome")] CheckOutcome Outcome,
    [property: JsonPropertyName("required")] bool Required,
    [property: JsonPropertyName("detail")] string Detail,
    [property: JsonPropertyName("file"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? File = null,
    [property: JsonPropertyName("where"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Where = null)
{
    /// <summary>Whether this keeps the bundle from being valid: it failed, or was required and did not pass.</summary>
    [JsonIgnore]
    public bool IsFault => Outcome == CheckOutcome.Failed || (Required && Outcome != CheckOutcome.Passed);
}

/// <summary>A tree head.</summary>
/// <param name="Size">The number of leaves.</param>
/// <param name="Root">The root hash.</param>
public sealed record BundleCheckpoint(
    [property: JsonPropertyName("size")] long Size,
    [property: JsonPropertyName("root")] Digest Root);
