using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Ledger.GraphQL.Types;

internal sealed class BooleanScalar : ScalarType<bool>
{
    public BooleanScalar() : base("Boolean") => Description = "The `Boolean` scalar type represents `true` or `false`.";

    public override void Write(bool value, JsonBuffer output) => output.WriteBoolean(value);

    public override bool TryParse(in LeafInput input, out bool value, [NotNullWhen(false)] out string? problem)
    {
        value = input.IsTrue;
        problem = input.Kind == LeafInputKind.Boolean ? null : $"Boolean cannot represent a non boolean value: {input}";
        return problem is null;
    }

    public override bool TryConvert(object resolved, out bool value)
    {
        var isNumber = resolved is int or long or short or byte or double or float or decimal;
        value = resolved is true || (isNumber && Convert.ToDouble(resolved, CultureInfo.InvariantCulture) != 0);
        return resolved is bool || isNumber;
    }
}
