using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Ledger.GraphQL.Types;

internal sealed class FloatScalar : ScalarType<double>
{
    public FloatScalar() : base("Float") => Description =
        "The `Float` scalar type represents signed double-precision fractional values as specified by [IEEE 754](https://en.wikipedia.org/wiki/IEEE_floating_point).";

    public override void Write(double value, JsonBuffer output)
    {
        if (!double.IsFinite(value)) throw new FieldException("Float cannot represent a value that is not finite.", ErrorCodes.BadValue);
        output.WriteDouble(value);
    }

    // A number too large for a double is refused (§3.5.2, input coercion).
    public override bool TryParse(in LeafInput input, out double value, [NotNullWhen(false)] out string? problem)
    {
        value = 0;
        var isNumber = input.Kind is LeafInputKind.Int or LeafInputKind.Float
            && double.TryParse(input.Text, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
        problem = isNumber ? null : $"Float cannot represent non numeric value: {input}";
        return isNumber;
    }

    public override bool TryConvert(object resolved, out double value)
    {
        value = resolved is bool and true ? 1 : 0;
        switch (resolved)
        {
            case bool:
                return true;
            case string text:
                return double.TryParse(text, CultureInfo.InvariantCulture, out value);
            case int or long or short or byte or double or float or decimal:
                value = Convert.ToDouble(resolved, CultureInfo.InvariantCulture);
                return true;
            default:
                return false;
        }
    }
}
