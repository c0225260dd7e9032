namespace Ledger.GraphQL.Language;

/// <summary>
/// Reads tokens from valid UTF-8 (§2.1), one at a time, without copying. The first failure is kept, and every token after it is
/// <see cref="TokenKind.Failed"/>.
/// </summary>
internal ref partial struct Lexer(ReadOnlySpan<byte> text, int tokensMax)
{
    private readonly ReadOnlySpan<byte> _text = text;
    // Digits that a message repeats.
    private const int FractionMax = 100;

    private readonly int _tokensMax = tokensMax;
    private int _position;
    private int _tokens;

    /// <summary>The current token's kind.</summary>
    public TokenKind Kind { get; private set; }

    /// <summary>The byte where the current token begins.</summary>
    public int Start { get; private set; }

    /// <summary>What a string token says; null for every other token.</summary>
    public string? StringValue { get; private set; }

    /// <summary>Why the text is refused; null while it is not.</summary>
    public SyntaxFailure? Failure { get; private set; }

    /// <summary>The current token as it is written.</summary>
    public readonly ReadOnlySpan<byte> Text => _text[Start.._position];

    public void Fail(string message, int offset, string code = ErrorCodes.ParseFailed)
    {
        Failure ??= new SyntaxFailure(message, offset, code);
        Kind = TokenKind.Failed;
        StringValue = null;
    }

    /// <summary>Goes to the next token.</summary>
    public void Advance()
    {
        if (Kind == TokenKind.Failed) return;
        StringValue = null;
        SkipIgnored();
        Start = _position;
        if (_position == _text.Length)
        {
            Kind = TokenKind.EndOfFile;
            return;
        }

        if (!Count()) return;
        var c = _text[_position];
        if (SyntaxText.IsNameStart(c)) ReadName();
        else if (Punctuator(c) is var kind and not TokenKind.Failed) Take(kind, 1);
        else if (c == '"') ReadStringOrBlockString();
        else if (c == '-' || SyntaxText.IsDigit(c)) ReadNumber();
        else if (c == '.') ReadSpread();
        else Fail(UnexpectedCharacter(c), _position);
    }

    private static TokenKind Punctuator(byte c) => c switch
    {
        (byte)'!' => TokenKind.Bang,
        (byte)'$' => TokenKind.Dollar,
        (byte)'&' => TokenKind.Ampersand,
        (byte)'(' => TokenKind.ParenOpen,
        (byte)')' => TokenKind.ParenClose,
        (byte)':' => TokenKind.Colon,
        (byte)'=' => TokenKind.Equals,
        (byte)'@' => TokenKind.At,
        (byte)'[' => TokenKind.BracketOpen,
        (byte)']' => TokenKind.BracketClose,
        (byte)'{' => TokenKind.BraceOpen,
        (byte)'|' => TokenKind.Pipe,
        (byte)'}' => TokenKind.BraceClose,
        _ => TokenKind.Failed,
    };

    private void Take(TokenKind kind, int length)
    {
        Kind = kind;
        _position += length;
    }

    private bool Count()
    {
        if (++_tokens <= _tokensMax) return true;
        Fail($"Document contains more than {_tokensMax} tokens.", _position, ErrorCodes.DocumentLimit);
        return false;
    }

    // §2.1.1 to §2.1.7: a byte order mark, white space, line terminators, comments and commas.
    private void SkipIgnored()
    {
        while (_position < _text.Length)
        {
            var rest = _text[_position..];
            var length = rest[0] switch
            {
                (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r' => rest.IndexOfAnyExcept(" \t\n\r"u8),
                (byte)',' => 1,
                (byte)'#' => rest.IndexOfAny((byte)'\n', (byte)'\r'),
                0xEF when rest.StartsWith("\uFEFF"u8) => 3,
                _ => 0,
            };
            if (length == 0 || !Count()) return;
            _position = length < 0 ? _text.Length : _position + length;
        }
    }

    private void ReadName()
    {
        var length = _text[_position..].IndexOfAnyExcept(SyntaxText.NameContinue);
        Take(TokenKind.Name, length < 0 ? _text.Length - _position : length);
    }

    private void ReadSpread()
    {
        var rest = _text[_position..];
        if (rest.StartsWith("..."u8)) Take(TokenKind.Spread, 3);
        else if (rest.StartsWith(".."u8)) Fail("Unexpected \"..\", did you mean \"...\"?", _position);
        else if (rest.Length > 1 && SyntaxText.IsDigit(rest[1])) FailBareFraction();
        else Fail(UnexpectedCharacter('.'), _position);
    }

    // IntValue and FloatValue (§2.9.1, §2.9.2); neither may be followed by what would look like its continuation.
    private void ReadNumber()
    {
        var end = _position;
        var kind = TokenKind.Int;
        if (At(end) == '-') end++;
        if (At(end) == '0')
        {
            end++;
            if (SyntaxText.IsDigit(At(end)))
            {
                Fail($"Invalid number, unexpected digit after 0: {SyntaxText.DescribeCharacter(_text, end)}.", end);
                return;
            }
        }
        else if (!ReadDigits(ref end))
        {
            return;
        }

        if (At(end) == '.')
        {
            kind = TokenKind.Float;
            end++;
            if (!ReadDigits(ref end)) return;
        }

        if (At(end) is 'e' or 'E')
        {
            kind = TokenKind.Float;
            end++;
            if (At(end) is '+' or '-') end++;
            if (!ReadDigits(ref end)) return;
        }

        if (At(end) == '.' || SyntaxText.IsNameStart(At(end))) ExpectedDigit(end);
        else Take(kind, end - _position);
    }

    private void FailBareFraction()
    {
        var end = _position + 1;
        ReadDigits(ref end);
        Fail($"Invalid number, expected digit before \".\", did you mean \"0.{Characters(_position + 1, Math.Min(end - _position - 1, FractionMax))}\"?", _position);
    }

    private bool ReadDigits(ref int end)
    {
        if (!SyntaxText.IsDigit(At(end)))
        {
            ExpectedDigit(end);
            return false;
        }

        while (SyntaxText.IsDigit(At(end))) end++;
        return true;
    }

    private void ExpectedDigit(int offset) =>
        Fail($"Invalid number, expected digit but got: {SyntaxText.DescribeCharacter(_text, offset)}.", offset);

    // The byte at an offset, or -1 past the end.
    private readonly int At(int offset) => offset < _text.Length ? _text[offset] : -1;

    private readonly string UnexpectedCharacter(int c) => c == '\''
        ? "Unexpected single quote character ('), did you mean to use a double quote (\")?"
        : $"Unexpected character: {SyntaxText.DescribeCharacter(_text, _position)}.";
}
