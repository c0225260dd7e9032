using System.Text.Json;
using System.Text.Unicode;

namespace Ledger.Intake.Documents;

/// <summary>Parses JSON strictly: bounded depth, no duplicate member, no comment, no trailing data, every string valid Unicode.</summary>
internal static class JsonReport
{
    /// <summary>Parses <paramref name="json"/> (UTF-8, no byte order mark).</summary>
    /// <param name="json">The document.</param>
    /// <param name="document">To be disposed of by the caller.</param>
    /// <param name="what">What a message calls it.</param>
    /// <returns>Null, with <paramref name="document"/>; or why it cannot be read.</returns>
    public static Refusal? TryParse(ReadOnlyMemory<byte> json, out JsonDocument? document, string what = "report")
    {
        document = null;
        if (Check(json.Span, what) is { } refusal) return refusal;
        try
        {
            document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = ReportLimits.MaxDepth, AllowDuplicateProperties = false });
            return null;
        }
        catch (JsonException)
        {
            // Check has found the syntax good and the depth within bounds, so this is the one thing left.
            return new Refusal(RefusalCodes.DuplicateKey, $"an object of the {what} has a member twice");
        }
    }

    // The reader is iterative and takes one bit a level, so hostile depth costs nothing; afterwards the only fault left to find is a duplicate key.
    private static Refusal? Check(ReadOnlySpan<byte> json, string what)
    {
        if (!Utf8.IsValid(json)) return new Refusal(RefusalCodes.Malformed, $"the {what} is not valid UTF-8");
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = int.MaxValue });
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth >= ReportLimits.MaxDepth && reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                    return new Refusal(RefusalCodes.TooDeep, $"the {what} nests deeper than {ReportLimits.MaxDepth} levels");

                // An escape can still spell half a surrogate pair, which only shows when the string is read.
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped) _ = reader.GetString();
            }

            return null;
        }
        catch (JsonException e)
        {
            return new Refusal(RefusalCodes.Malformed, $"the {what} is not valid JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1})");
        }
        catch (InvalidOperationException)
        {
            return new Refusal(RefusalCodes.Malformed, $"a string of the {what} is not valid Unicode");
        }
    }
}
