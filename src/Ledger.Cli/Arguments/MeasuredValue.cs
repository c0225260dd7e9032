using System.CommandLine;
using Ledger.Cli.Output;
using Ledger.Domain.Measurements;

namespace Ledger.Cli.Arguments;

/// <summary>A number as people type it: <c>p95=142ms</c>, <c>error_rate=0.3%</c>, <c>connections=12</c>; <c>none</c> where it could not be measured.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">In <paramref name="Unit"/>; null for <c>none</c>.</param>
/// <param name="Unit">By the text; a count where it names none.</param>
internal sealed record MeasuredValue(string Name, double? Value, Unit Unit)
{
    private const int MaxNameLength = 200;

    /// <summary>The unit's name, as it is sent.</summary>
    public string UnitName => Wording.Unit(Unit);

    /// <summary>Values, at least one.</summary>
    public static Argument<MeasuredValue[]> Arguments() => new("METRIC=VALUE")
    {
        Arity = ArgumentArity.OneOrMore,
        Description = "What was measured, with its unit: p95=142ms, error_rate=0.3%, connections=12; none where it could not be",
        CustomParser = result =>
        {
            var values = result.Tokens.Select(token => TryParse(token.Value)).ToList();
            if (values.IndexOf(null) is >= 0 and var wrong) result.AddError(Problem(result.Tokens[wrong].Value));
            return [.. values.OfType<MeasuredValue>()];
        },
    };

    /// <summary>Values, any number.</summary>
    public static Option<MeasuredValue[]> Options(string name, string description) => new(name)
    {
        HelpName = "METRIC=VALUE",
        Description = $"{description}; give it once for each",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
        CustomParser = result =>
        {
            var values = result.Tokens.Select(token => TryParse(token.Value)).ToList();
            if (values.FindIndex(value => value?.Value is null) is >= 0 and var wrong) result.AddError(Problem(result.Tokens[wrong].Value));
            return [.. values.OfType<MeasuredValue>()];
        },
    };

    /// <summary>One value without a name.</summary>
    public static Option<MeasuredValue?> Option(string name, string description) => new(name)
    {
        HelpName = "VALUE",
        Description = description,
        CustomParser = result =>
        {
            if (TryParse($"value={result.Tokens[0].Value}") is { } value) return value;
            result.AddError($"'{result.Tokens[0].Value}' is not a value; write a number with its unit, e.g. 142ms, 0.3%, 12, true, or none");
            return null;
        },
    };

    private static string Problem(string text) => $"'{text}' is not METRIC=VALUE; write a number with its unit, e.g. p95=142ms";

    /// <summary>Reads METRIC=VALUE; null where it is not.</summary>
    public static MeasuredValue? TryParse(string text)
    {
        var split = text.LastIndexOf('=');
        if (split is <= 0 or > MaxNameLength) return null;
        if (text[(split + 1)..] == "none") return new MeasuredValue(text[..split], null, Unit.Count);
        return Quantity.TryParse(text[(split + 1)..], out var quantity) && double.IsFinite(quantity.Value) ? new MeasuredValue(text[..split], quantity.Value, quantity.Unit ?? Unit.Count) : null;
    }
}
