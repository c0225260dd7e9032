using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Ledger.GraphQL.Types;

internal sealed class IntScalar : ScalarType<int>
{
    public IntScalar() : base("Int") => Description =
        "The `Int` scalar type represents non-fractional signed whole numeric values. Int can represent values between -(2^31) and 2^31 - 1.";

    public override void Write(int value, JsonBuffer output) => output.WriteInteger(value);

    public override bool TryParse(in LeafInput input, out int value, [NotNullWhen(false)] out string? problem)
    {
        value = 0;
        problem = null;
        // In a document 1.0 is a Float; in JSON it is the same number as 1.
        var isInteger = input.Kind == LeafInputKind.Int
            || (input.Kind == LeafInputKind.Float && input.Literal is null && double.IsInteger(double.Parse(input.Text, CultureInfo.InvariantCulture)));
        if (!isInteger) problem = $"Int cannot represent non-integer value: {input}";
        else if (!TryNarrow(double.Parse(input.Text, CultureInfo.InvariantCulture), out value)) problem = $"Int cannot represent non 32-bit signed integer value: {input}";
        return problem is null;
    }

    public override bool TryConvert(object resolved, out int value)
    {
        value = resolved is bool and true ? 1 : 0;
        return resolved switch
        {
            bool => true,
            string text => double.TryParse(text, CultureInfo.InvariantCulture, out var number) && TryNarrow(number, out value),
            int or long or short or byte or double or float or decimal => TryNarrow(Convert.ToDouble(resolved, CultureInfo.InvariantCulture), out value),
            _ => false,
        };
    }

    private static bool TryNarrow(double number, out int value)
    {
        var fits = double.IsInteger(number) && number is >= int.MinValue and <= int.MaxValue;
        value = fits ? (int)number : 0;
        return fits;
    }
}
