using System.Runtime.CompilerServices;

namespace Ledger.Domain.Policies.Reading;

/// <summary>The names that an enum's values have in JSON, taken from the attributes that the serializer goes by.</summary>
internal static class WireNames<T> where T : struct, Enum
{
    private static readonly EnumNames Names = EnumNames.Of(typeof(T));

    /// <summary>Every name.</summary>
    internal static IReadOnlyList<string> All => Names.All;

    /// <summary>Finds a value by its name; case matters.</summary>
    internal static bool TryFind(string name, out T value)
    {
        var found = Names.TryFind(name, out var number);
        value = Unsafe.BitCast<int, T>(number);
        return found;
    }
}
