using System.Globalization;

namespace Ledger.Server.Http;

/// <summary>Reads parameters of addresses.</summary>
internal static class Parameter
{
    /// <summary>A whole number, digits alone, that must be given.</summary>
    public static Attempt<long> Number(string name, string? text, long minimum, string hint) =>
        text is null ? Problems.Malformed("parameter_invalid", $"'{name}' is missing", hint) : Number(name, text, minimum, long.MaxValue, minimum);

    /// <summary>A whole number, digits alone; the default where it was not given.</summary>
    public static Attempt<long> Number(string name, string? text, long minimum, long maximum, long whenAbsent)
    {
        if (text is null) return whenAbsent;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum
            ? number
            : Problems.Malformed("parameter_invalid", $"'{name}' is not a whole number from {minimum} to {maximum}");
    }
}
