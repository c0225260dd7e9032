using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ledger.Verifier.Bundles;
using Ledger.Verifier.Chains;

namespace Ledger.Verifier;

/// <summary>Serialisers made at compile time for the verifier's reports. Thread-safe.</summary>
[JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(BundleReport))]
[JsonSerializable(typeof(ChainReport))]
public sealed partial class VerifierJson : JsonSerializerContext
{
    // Relaxed escaping: read by people and by programs, never put into HTML.
    private static readonly Lazy<VerifierJson> LazyIndented = new(() =>
        new(new JsonSerializerOptions { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));

    /// <summary>With line breaks, for people.</summary>
    public static VerifierJson Indented => LazyIndented.Value;
}
