using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ledger.Domain;

/// <summary>
/// The names that an enumeration's values have in JSON. Not generic, and without dictionaries: code over an enumeration is compiled for each
/// one anew when a program starts, and no enumeration here has more than a few values.
/// </summary>
internal sealed class EnumNames
{
    private readonly int[] _values;
    private readonly string[] _names;
    private readonly JsonEncodedText[] _encoded;

    private EnumNames(int[] values, string[] names) => (_values, _names, _encoded) = (values, names, Array.ConvertAll(names, name => JsonEncodedText.Encode(name)));

    /// <summary>Every name, in the order in which the values are declared.</summary>
    public IReadOnlyList<string> All => _names;

    /// <summary>The names of <paramref name="type"/>, whose values are of 32 bits.</summary>
    /// <exception cref="InvalidOperationException">A value has no name.</exception>
    public static EnumNames Of(Type type)
    {
        var fields = type.GetFields(BindingFlags.Public | BindingFlags.Static);
        var (values, names) = (new int[fields.Length], new string[fields.Length]);
        for (var i = 0; i < fields.Length; i++)
        {
            values[i] = (int)fields[i].GetRawConstantValue()!;
            names[i] = fields[i].GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? throw new InvalidOperationException($"{type}.{fields[i].Name} has no name in JSON");
        }

        return new EnumNames(values, names);
    }

    /// <summary>Finds a value by its name; case matters.</summary>
    public bool TryFind(string? name, out int value)
    {
        var place = Array.IndexOf(_names, name);
        value = place < 0 ? 0 : _values[place];
        return place >= 0;
    }

    /// <summary>The name of a value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such value.</exception>
    public JsonEncodedText Encoded(int value)
    {
        for (var i = 0; i < _values.Length; i++)
            if (_values[i] == value) return _encoded[i];
        throw new ArgumentOutOfRangeException(nameof(value), value, "The enumeration has no such value.");
    }
}
