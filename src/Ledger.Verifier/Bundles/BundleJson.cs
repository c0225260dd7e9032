using System.Text.Json.Serialization;
using Ledger.Domain.Releases;

namespace Ledger.Verifier.Bundles;

/// <summary>Serialisers made at compile time for what bundles hold. A member that is not known is refused: nothing in a bundle is without meaning.</summary>
[JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(Evidence[]))]
[JsonSerializable(typeof(Population))]
[JsonSerializable(typeof(PeriodRange))]
[JsonSerializable(typeof(OtherLeaf))]
internal sealed partial class BundleJson : JsonSerializerContext;
