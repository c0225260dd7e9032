using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Language;

/// <summary>
/// Reads GraphQL, September 2025 edition: executable documents and type systems. Whatever the text holds, the answer is a document or an
/// error; nothing is thrown, and no text overflows the stack. Thread-safe.
/// </summary>
public static class GraphQLParser
{
    /// <summary>Reads a document.</summary>
    /// <param name="utf8">The text, UTF-8; kept by the document.</param>
    /// <param name="limits">What it may cost; by default <see cref="ParseLimits.Request"/>.</param>
    public static ParseResult<DocumentNode> Parse(ReadOnlyMemory<byte> utf8, ParseLimits? limits = null)
    {
        limits ??= ParseLimits.Request;
        var source = new Source(utf8);
        if (Refuse(source, limits) is { } refusal) return new ParseResult<DocumentNode>(null, refusal);
        var parser = new Parser(utf8.Span, limits);
        var definitions = parser.ParseDefinitions();
        return parser.Failure is { } failure
            ? new ParseResult<DocumentNode>(null, failure.ToError(source))
            : new ParseResult<DocumentNode>(new DocumentNode(source, definitions), null);
    }

    /// <summary>Reads a document.</summary>
    /// <param name="text">The text. A lone surrogate is refused, as it is nothing that UTF-8 could hold.</param>
    /// <param name="limits">What it may cost; by default <see cref="ParseLimits.Request"/>.</param>
    public static ParseResult<DocumentNode> Parse(string text, ParseLimits? limits = null) =>
        TryEncode(text, out var utf8, out var error) ? Parse(utf8, limits) : new ParseResult<DocumentNode>(null, error);

    /// <summary>Reads one value, such as the default of an argument.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isConstant">Whether variables are refused.</param>
    /// <param name="limits">What it may cost; by default <see cref="ParseLimits.Request"/>.</param>
    public static ParseResult<ValueNode> ParseValue(string text, bool isConstant = true, ParseLimits? limits = null)
    {
        if (!TryEncode(text, out var utf8, out var error)) return new ParseResult<ValueNode>(null, error);
        limits ??= ParseLimits.Request;
        var source = new Source(utf8);
        if (Refuse(source, limits) is { } refusal) return new ParseResult<ValueNode>(null, refusal);
        var parser = new Parser(utf8, limits);
        var value = parser.ParseOnlyValue(isConstant);
        return parser.Failure is { } failure
            ? new ParseResult<ValueNode>(null, failure.ToError(source))
            : new ParseResult<ValueNode>(value, null);
    }

    /// <summary>Reads one reference to a type, such as <c>[Gate!]!</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="limits">What it may cost; by default <see cref="ParseLimits.Request"/>.</param>
    public static ParseResult<TypeNode> ParseType(string text, ParseLimits? limits = null)
    {
        if (!TryEncode(text, out var utf8, out var error)) return new ParseResult<TypeNode>(null, error);
        limits ??= ParseLimits.Request;
        var source = new Source(utf8);
        if (Refuse(source, limits) is { } refusal) return new ParseResult<TypeNode>(null, refusal);
        var parser = new Parser(utf8, limits);
        var type = parser.ParseOnlyType();
        return parser.Failure is { } failure
            ? new ParseResult<TypeNode>(null, failure.ToError(source))
            : new ParseResult<TypeNode>(type, null);
    }

    private static GraphQLError? Refuse(Source source, ParseLimits limits)
    {
        if (source.Utf8.Length > limits.BytesMax)
            return new GraphQLError($"Document is longer than {limits.BytesMax} bytes.", ErrorCodes.DocumentLimit, []);
        return Utf8.IsValid(source.Utf8.Span) ? null : NotUnicode;
    }

    private static bool TryEncode(string text, out byte[] utf8, out GraphQLError error)
    {
        var buffer = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        var status = Utf8.FromUtf16(text, buffer, out _, out var length, replaceInvalidSequences: false);
        utf8 = buffer[..length];
        error = NotUnicode;
        return status == OperationStatus.Done;
    }

    private static GraphQLError NotUnicode => new("Syntax Error: The document is not Unicode text.", ErrorCodes.ParseFailed, []);
}
