using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Ledger.GraphQL.Types;

internal sealed class StringScalar : ScalarType<string>
{
    public StringScalar() : base("String") => Description =
        "The `String` scalar type represents textual data, represented as UTF-8 character sequences. The String type is most often used by GraphQL to represent free-form human-readable text.";

    public override void Write(string value, JsonBuffer output) => output.WriteString(value);

    public override bool TryParse(in LeafInput input, [MaybeNullWhen(false)] out string value, [NotNullWhen(false)] out string? problem)
    {
        value = input.Kind == LeafInputKind.String ? input.Text : null;
        problem = value is null ? $"String cannot represent a non string value: {input}" : null;
        return value is not null;
    }

    public override bool TryConvert(object resolved, [MaybeNullWhen(false)] out string value)
    {
        value = resolved switch
        {
            string text => text,
            bool boolean => boolean ? "true" : "false",
            int or long or short or byte or double or float or decimal => Convert.ToString(resolved, CultureInfo.InvariantCulture),
            _ => null,
        };
        return value is not null;
    }
}

internal sealed class IdScalar : ScalarType<string>
{
    public IdScalar() : base("ID") => Description =
        "The `ID` scalar type represents a unique identifier, often used to refetch an object or as key for a cache. The ID type appears in a JSON response as a String; however, it is not intended to be human-readable. When expected as an input type, any string (such as `\"4\"`) or integer (such as `4`) input value will be accepted as an ID.";

    public override void Write(string value, JsonBuffer output) => output.WriteString(value);

    public override bool TryParse(in LeafInput input, [MaybeNullWhen(false)] out string value, [NotNullWhen(false)] out string? problem)
    {
        value = input.Kind is LeafInputKind.String or LeafInputKind.Int ? input.Text : IntegerOf(input);
        problem = value is not null ? null
            : input.Literal is null ? $"ID cannot represent value: {input}"
            : $"ID cannot represent a non-string and non-integer value: {input}";
        return value is not null;
    }

    public override bool TryConvert(object resolved, [MaybeNullWhen(false)] out string value)
    {
        value = resolved is string or int or long or short or byte or Guid ? Convert.ToString(resolved, CultureInfo.InvariantCulture) : null;
        return value is not null;
    }

    // In a document 7.0 is a Float; in JSON it is the same number as 7. Beyond 2^53 a double does not say which integer was meant.
    private static string? IntegerOf(in LeafInput input) =>
        input.Kind == LeafInputKind.Float && input.Literal is null
        && double.Parse(input.Text, CultureInfo.InvariantCulture) is var number && double.IsInteger(number) && Math.Abs(number) <= 1L << 53
            ? ((long)number).ToString(CultureInfo.InvariantCulture)
            : null;
}
