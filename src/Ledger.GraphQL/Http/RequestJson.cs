using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Unicode;

namespace Ledger.GraphQL.Http;

/// <summary>Reads the parameters of a request from JSON. The text of the document is not copied unless it has escapes.</summary>
internal static class RequestJson
{
    // Deeper than any input type of sense; what reads variables recurses.
    private const int DepthMax = 64;

    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = DepthMax };
    private static readonly JsonDocumentOptions DocumentOptions = new() { MaxDepth = DepthMax };

    /// <summary>Reads a body.</summary>
    /// <param name="utf8">JSON; kept by the parameters.</param>
    /// <param name="parameters">The parameters when the answer is true.</param>
    /// <param name="problem">For the client when it is false.</param>
    public static bool TryRead(ReadOnlyMemory<byte> utf8, [NotNullWhen(true)] out RequestParameters? parameters, [NotNullWhen(false)] out string? problem)
    {
        var read = new RequestParameters();
        try
        {
            // RFC 8259, §8.1: a byte order mark is no JSON, and may be passed over.
            if (utf8.Span.StartsWith("\uFEFF"u8)) utf8 = utf8[3..];
            problem = Utf8.IsValid(utf8.Span) ? Read(utf8, read) : "The body is not Unicode text.";
        }
        catch (JsonException)
        {
            problem = "The body is not JSON.";
        }
        catch (InvalidOperationException)
        {
            // An escape of half a character.
            problem = "The body is not Unicode text.";
        }

        parameters = problem is null ? read : null;
        if (problem is not null) read.Dispose();
        return problem is null;
    }

    /// <summary>Reads an object that a parameter is; null is absent.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static JsonDocument? ReadObject(ReadOnlyMemory<byte> utf8, string name, ref string? problem) =>
        Check(JsonDocument.Parse(utf8, DocumentOptions), name, ref problem);

    private static string? Read(ReadOnlyMemory<byte> utf8, RequestParameters parameters)
    {
        var reader = new Utf8JsonReader(utf8.Span, ReaderOptions);
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartArray) return "Batches of requests are not answered.";
        if (reader.TokenType != JsonTokenType.StartObject) return "The body must be an object.";
        var seen = 0;
        string? problem = null;
        while (problem is null && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var bit = BitOf(ref reader);
            reader.Read();
            // Two servers that read a name twice read two different requests.
            if ((seen & bit) != 0) return "A parameter is given twice.";
            seen |= bit;
            ReadParameter(bit, ref reader, utf8, parameters, ref problem);
        }

        // What follows the object, if it is not space, is found by reading on.
        while (problem is null && reader.Read())
        {
        }

        return problem;
    }

    private static int BitOf(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("query"u8) ? 1
        : reader.ValueTextEquals("variables"u8) ? 2
        : reader.ValueTextEquals("operationName"u8) ? 4
        : reader.ValueTextEquals("extensions"u8) ? 8
        : reader.ValueTextEquals("documentId"u8) ? 16
        : 0;

    private static void ReadParameter(int bit, ref Utf8JsonReader reader, ReadOnlyMemory<byte> utf8, RequestParameters parameters, ref string? problem)
    {
        switch (bit)
        {
            case 1: parameters.Document = ReadText(ref reader, utf8, ref problem); break;
            case 2: parameters.Variables = Check(JsonDocument.ParseValue(ref reader), "variables", ref problem); break;
            case 4: parameters.OperationName = ReadName(ref reader, "operationName", ref problem); break;
            case 8: parameters.Extensions = Check(JsonDocument.ParseValue(ref reader), "extensions", ref problem); break;
            case 16: parameters.DocumentId = ReadName(ref reader, "documentId", ref problem); break;
            default: reader.Skip(); break;
        }
    }

    private static ReadOnlyMemory<byte> ReadText(ref Utf8JsonReader reader, ReadOnlyMemory<byte> utf8, ref string? problem)
    {
        if (reader.TokenType == JsonTokenType.Null) return default;
        if (reader.TokenType != JsonTokenType.String)
        {
            problem = "The parameter \"query\" must be a string.";
            return default;
        }

        if (!reader.ValueIsEscaped) return utf8.Slice((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);
        var text = new byte[reader.ValueSpan.Length];
        return text.AsMemory(0, reader.CopyString(text));
    }

    private static string? ReadName(ref Utf8JsonReader reader, string name, ref string? problem)
    {
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Null)) problem = $"The parameter \"{name}\" must be a string.";
        // No operation is called nothing: clients mean that they name none, as in a query string.
        return reader.TokenType == JsonTokenType.String && !reader.ValueTextEquals(""u8) ? reader.GetString() : null;
    }

    private static JsonDocument? Check(JsonDocument value, string name, ref string? problem)
    {
        if (value.RootElement.ValueKind == JsonValueKind.Object) return value;
        if (value.RootElement.ValueKind != JsonValueKind.Null) problem = $"The parameter \"{name}\" must be an object.";
        value.Dispose();
        return null;
    }
}
