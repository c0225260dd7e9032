using System.Text.Json.Serialization;

namespace Ledger.Domain.Policies;

/// <summary>The serializer of the normal form, made at compile time. It only writes: reading is <see cref="PolicyJson"/>'s, and strict.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(Policy))]
internal sealed partial class PolicyJsonContext : JsonSerializerContext;
