using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json.Serialization;

namespace Ledger.Domain.Policies.Reading;

/// <summary>The names that an enum's values have in JSON, taken from the attributes that the serializer goes by.</summary>
internal static class WireNames<T> where T : struct, Enum
{
    internal static FrozenDictionary<string, T> Values { get; } = typeof(T)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .ToFrozenDictionary(
            field => field.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? field.Name,
            field => (T)field.GetValue(null)!,
            StringComparer.Ordinal);
}
