using System.Collections.Immutable;
using System.Text;
using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Language;

/// <summary>
/// Recursive descent over the grammar of appendix C; one method a production. After a failure every token is
/// <see cref="TokenKind.Failed"/>, so all methods return soon with nodes that nobody looks at.
/// </summary>
internal ref partial struct Parser
{
    private readonly ParseLimits _limits;
    private Lexer _lexer;
    private int _depth;
    private int _fields;

    public Parser(ReadOnlySpan<byte> text, ParseLimits limits)
    {
        _limits = limits;
        _lexer = new Lexer(text, limits.TokensMax);
        _lexer.Advance();
    }

    /// <summary>Why the text is refused; null while it is not.</summary>
    public readonly SyntaxFailure? Failure => _lexer.Failure;

    public ImmutableArray<DefinitionNode> ParseDefinitions()
    {
        var definitions = ImmutableArray.CreateBuilder<DefinitionNode>();
        do
        {
            if (definitions.Count == _limits.DefinitionsMax) FailLimit("definitions", _limits.DefinitionsMax);
            definitions.Add(ParseDefinition());
        }
        while (!IsAtEnd);
        return definitions.DrainToImmutable();
    }

    public ValueNode ParseOnlyValue(bool isConstant)
    {
        var value = ParseValue(isConstant);
        if (!IsAtEnd) FailExpected(TokenKind.EndOfFile);
        return value;
    }

    public TypeNode ParseOnlyType()
    {
        var type = ParseType();
        if (!IsAtEnd) FailExpected(TokenKind.EndOfFile);
        return type;
    }

    private readonly bool IsAtEnd => _lexer.Kind is TokenKind.EndOfFile or TokenKind.Failed;

    private readonly bool IsAt(TokenKind kind) => _lexer.Kind == kind;

    private readonly bool IsAtKeyword(ReadOnlySpan<byte> keyword) => _lexer.Kind == TokenKind.Name && _lexer.Text.SequenceEqual(keyword);

    private DefinitionNode ParseDefinition()
    {
        var start = _lexer.Start;
        if (IsAt(TokenKind.BraceOpen)) return ParseShorthandQuery();
        var description = ParseDescription();
        if (description is not null && IsAt(TokenKind.BraceOpen))
        {
            _lexer.Fail("Unexpected description, descriptions are not supported on shorthand queries.", start);
            return Nothing.Definition;
        }

        if (TryParseTypeSystem(description, start) is { } typeSystem) return typeSystem;
        if (IsAtOperation) return ParseOperation(description, start);
        if (IsAtKeyword("fragment"u8)) return ParseFragmentDefinition(description, start);
        if (description is not null && IsAt(TokenKind.Name))
            _lexer.Fail("Unexpected description, only GraphQL definitions support descriptions.", start);
        else if (IsAtKeyword("extend"u8))
            return ParseExtension(start);
        else
            FailUnexpected();
        return Nothing.Definition;
    }

    private NameNode ParseName()
    {
        var start = _lexer.Start;
        if (!IsAt(TokenKind.Name))
        {
            FailExpected(TokenKind.Name);
            return Nothing.Name;
        }

        var name = new NameNode(Encoding.UTF8.GetString(_lexer.Text), start);
        _lexer.Advance();
        return name;
    }

    private StringValueNode? ParseDescription() => IsAt(TokenKind.String) || IsAt(TokenKind.BlockString) ? ParseString() : null;

    private bool Skip(TokenKind kind)
    {
        if (!IsAt(kind)) return false;
        _lexer.Advance();
        return true;
    }

    private bool SkipKeyword(ReadOnlySpan<byte> keyword)
    {
        if (!IsAtKeyword(keyword)) return false;
        _lexer.Advance();
        return true;
    }

    private void Expect(TokenKind kind)
    {
        if (!Skip(kind)) FailExpected(kind);
    }

    private void ExpectKeyword(ReadOnlySpan<byte> keyword)
    {
        if (!SkipKeyword(keyword)) _lexer.Fail($"Expected \"{Encoding.UTF8.GetString(keyword)}\", found {Found}.", _lexer.Start);
    }

    // Whether the list that a closing token ends goes on; false after a failure too.
    private bool GoesOn(TokenKind close) => !Skip(close) && _lexer.Failure is null;

    private bool Enter()
    {
        if (++_depth > _limits.DepthMax) _lexer.Fail($"Document nests deeper than {_limits.DepthMax} levels.", _lexer.Start, ErrorCodes.DocumentLimit);
        return _lexer.Failure is null;
    }

    private void Leave() => _depth--;

    private void FailLimit(string what, int limit) =>
        _lexer.Fail($"Document contains more than {limit} {what}.", _lexer.Start, ErrorCodes.DocumentLimit);

    private void FailExpected(TokenKind kind) => _lexer.Fail($"Expected {SyntaxText.Describe(kind)}, found {Found}.", _lexer.Start);

    private void FailUnexpected() => _lexer.Fail($"Unexpected {Found}.", _lexer.Start);

    private void FailUnexpected(NameNode name) => _lexer.Fail($"Unexpected Name \"{Cut(name.Value)}\".", name.Start);

    // The current token as messages show it; a long one is cut.
    private readonly string Found => _lexer.Kind switch
    {
        TokenKind.Name or TokenKind.Int or TokenKind.Float =>
            $"{_lexer.Kind} \"{Cut(Encoding.UTF8.GetString(_lexer.Text[..Math.Min(_lexer.Text.Length, FoundMax + 1)]))}\"",
        TokenKind.String or TokenKind.BlockString => $"{_lexer.Kind} \"{Cut(_lexer.StringValue!)}\"",
        _ => SyntaxText.Describe(_lexer.Kind),
    };

    private const int FoundMax = 2_000;

    private static string Cut(string text) => text.Length <= FoundMax
        ? text
        : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[FoundMax - 1]) ? FoundMax - 1 : FoundMax), "…");

    /// <summary>What stands for a node that could not be read. Never part of a document.</summary>
    private static class Nothing
    {
        public static readonly NameNode Name = new("", 0);
        public static readonly ValueNode Value = new NullValueNode(0);
        public static readonly TypeNode Type = new NamedTypeNode(Name, 0);
        public static readonly SelectionSetNode SelectionSet = new([], 0);
        public static readonly DefinitionNode Definition = new OperationDefinitionNode(null, OperationType.Query, null, [], [], SelectionSet, 0);
    }
}
