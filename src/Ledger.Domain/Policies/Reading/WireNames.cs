using System.Reflection;
using System.Text.Json.Serialization;

namespace Ledger.Domain.Policies.Reading;

/// <summary>The names that an enum's values have in JSON, taken from the attributes that the serializer goes by.</summary>
internal static class WireNames<T> where T : struct, Enum
{
    // A handful of values: as for the serializer's converter, a dictionary costs more to build than it saves.
    private static readonly FieldInfo[] Fields = typeof(T).GetFields(BindingFlags.Public | BindingFlags.Static);
    private static readonly string[] Names = Array.ConvertAll(Fields, field => field.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? field.Name);

    /// <summary>Every name.</summary>
    internal static IReadOnlyList<string> All => Names;

    /// <summary>Finds a value by its name; case matters.</summary>
    internal static bool TryFind(string name, out T value)
    {
        var place = Array.IndexOf(Names, name);
        value = place < 0 ? default : (T)Fields[place].GetValue(null)!;
        return place >= 0;
    }
}
