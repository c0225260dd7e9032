namespace Ledger.GraphQL.Language;

/// <summary>The lexical tokens (§2.1.6 to §2.1.10), and the two ways in which a document ends.</summary>
internal enum TokenKind : byte
{
    EndOfFile,

    /// <summary>The text is refused. Nothing follows, so every loop of the parser ends.</summary>
    Failed,
    Bang,
    Dollar,
    Ampersand,
    ParenOpen,
    ParenClose,
    Spread,
    Colon,
    Equals,
    At,
    BracketOpen,
    BracketClose,
    BraceOpen,
    Pipe,
    BraceClose,
    Name,
    Int,
    Float,
    String,
    BlockString,
}
