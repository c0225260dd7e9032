using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Ledger.Intake.Policies;

/// <summary>
/// What a plain scalar means (YAML 1.2.2 §10.3.2, core schema), as far as JSON can say it. Spellings of numbers that JSON lacks are refused:
/// readers of YAML disagree about them. Quoted and block scalars are texts, always.
/// </summary>
internal static partial class YamlScalar
{
    internal static void Write(Scalar scalar, Utf8JsonWriter writer, Func<string, Exception> refuse)
    {
        if (scalar.Style != ScalarStyle.Plain)
        {
            writer.WriteStringValue(scalar.Value);
            return;
        }

        switch (scalar.Value)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                writer.WriteNullValue();
                break;
            case "true" or "True" or "TRUE":
                writer.WriteBooleanValue(true);
                break;
            case "false" or "False" or "FALSE":
                writer.WriteBooleanValue(false);
                break;
            case var number when JsonNumber().IsMatch(number):
                writer.WriteRawValue(number);
                break;
            case var number when OtherNumber().IsMatch(number):
                throw refuse($"'{(number.Length <= 40 ? number : number[..40])}' is a number to some and a text to others; write a plain decimal number, or put it in quotes.");
            default:
                writer.WriteStringValue(scalar.Value);
                break;
        }
    }

    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex JsonNumber();

    [GeneratedRegex(@"^([-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\z", RegexOptions.CultureInvariant)]
    private static partial Regex OtherNumber();
}
