using System.Text.Json;

namespace Ledger.Domain.Measurements;

/// <summary>
/// What somebody else's numbers count in, as it is written beside them: <c>ms</c>, <c>s</c>, <c>%</c>, <c>MiB</c>, or the name of a stored unit
/// such as <c>ratio</c> or <c>count</c>. A number that comes without a unit is of none until this is said.
/// </summary>
public readonly record struct StatedUnit
{
    private readonly decimal _factor;

    private StatedUnit(Unit unit, decimal factor) => (Unit, _factor) = (unit, factor);

    /// <summary>The unit that such numbers are stored in.</summary>
    public Unit Unit { get; }

    /// <summary>Reads a unit.</summary>
    /// <returns>False where <paramref name="text"/> names none.</returns>
    public static bool TryParse(string? text, out StatedUnit unit)
    {
        unit = default;
        if (string.IsNullOrWhiteSpace(text)) return false;
        foreach (var stored in Enum.GetValues<Unit>())
        {
            if (JsonSerializer.SerializeToElement(stored, DomainJson.Default.Unit).GetString() != text) continue;
            unit = new StatedUnit(stored, 1);
            return true;
        }

        if (char.IsAsciiDigit(text[0]) || !Quantity.TryParse($"1{text}", out var one) || one.Unit is not { } known) return false;
        unit = new StatedUnit(known, (decimal)one.Value);
        return true;
    }

    /// <summary>A number of such a unit in the stored one, rounded once: 0.7 per cent are 0.007, as a threshold of 0.7% is.</summary>
    public double Convert(double number) =>
        Math.Abs(number) is 0 or (> 1e-9 and < 1e18) ? (double)((decimal)number * _factor) : number * (double)_factor;
}
