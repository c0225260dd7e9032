using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Ledger.GraphQL.Types;

/// <summary>A scalar of a schema that was read from text, of which nothing but the name is known: it takes and gives any value.</summary>
internal sealed class AnyScalar(string name) : ScalarType<object>(name)
{
    // As deep as a request's document may be; a resolver could give a value that holds itself.
    private const int DepthMax = 200;

    public override void Write(object value, JsonBuffer output) => Write(value, output, 0);

    public override bool TryParse(in LeafInput input, [MaybeNullWhen(false)] out object value, [NotNullWhen(false)] out string? problem)
    {
        value = input.ToObject() ?? new object();
        problem = null;
        return true;
    }

    private void Write(object? value, JsonBuffer output, int depth)
    {
        if (depth > DepthMax) throw new FieldException($"{Name} cannot represent a value that nests so deep.", ErrorCodes.BadValue);
        switch (value)
        {
            case null: output.WriteNull(); break;
            case bool boolean: output.WriteBoolean(boolean); break;
            case string text: output.WriteString(text); break;
            case IDictionary pairs: WritePairs(pairs, output, depth); break;
            case IEnumerable items: WriteItems(items, output, depth); break;
            default:
                if (!Scalars.Float.TryConvert(value, out var number))
                    throw new FieldException($"{Name} cannot represent the value that was resolved.", ErrorCodes.BadValue);
                Scalars.Float.Write(number, output);
                break;
        }
    }

    private void WritePairs(IDictionary pairs, JsonBuffer output, int depth)
    {
        var separator = (byte)'{';
        foreach (DictionaryEntry pair in pairs)
        {
            output.WriteRaw(separator);
            separator = (byte)',';
            output.WriteString(pair.Key.ToString());
            output.WriteRaw((byte)':');
            Write(pair.Value, output, depth + 1);
        }

        output.WriteRaw(separator == '{' ? "{}"u8 : "}"u8);
    }

    private void WriteItems(IEnumerable items, JsonBuffer output, int depth)
    {
        var separator = (byte)'[';
        foreach (var item in items)
        {
            output.WriteRaw(separator);
            separator = (byte)',';
            Write(item, output, depth + 1);
        }

        output.WriteRaw(separator == '[' ? "[]"u8 : "]"u8);
    }
}
