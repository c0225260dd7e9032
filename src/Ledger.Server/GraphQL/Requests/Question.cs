using System.Globalization;
using System.Text;
using Ledger.GraphQL.Types;

namespace Ledger.Server.GraphQL.Requests;

/// <summary>What makes one list another than the next: the field and those of its arguments that choose and order, in words.</summary>
internal static class Question
{
    private static readonly HashSet<string> Paging = ["first", "last", "after", "before"];

    public static string Of(string field, InputValues arguments) => Append(new StringBuilder(field), arguments).ToString();

    private static StringBuilder Append(StringBuilder text, InputValues values)
    {
        text.Append('{');
        for (var i = 0; i < values.Definitions.Count; i++)
        {
            var value = values.Values[i];
            if (!value.IsNullOrUndefined && !Paging.Contains(values.Definitions[i].Name)) Append(text.Append(values.Definitions[i].Name).Append('='), value).Append(';');
        }

        return text.Append('}');
    }

    private static StringBuilder Append(StringBuilder text, CoercedValue value)
    {
        switch (value.Kind)
        {
            case CoercedKind.InputObject:
                return Append(text, value.Fields!);
            case CoercedKind.List:
                text.Append('[');
                foreach (var item in value.Items) Append(text, item).Append(',');
                return text.Append(']');
            case CoercedKind.Enum:
                return text.Append(value.EnumValue!.Name);
            default:
                var written = Convert.ToString(value.ToObject(), CultureInfo.InvariantCulture) ?? "";
                return text.Append(written.Length).Append(':').Append(written);
        }
    }
}
