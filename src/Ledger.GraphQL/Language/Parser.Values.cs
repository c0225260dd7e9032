using System.Collections.Immutable;
using System.Text;
using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Language;

// Values, type references, arguments and directives (§2.6, §2.9 to §2.12).
internal ref partial struct Parser
{
    private ImmutableArray<ArgumentNode> ParseArguments(bool isConstant)
    {
        if (!Skip(TokenKind.ParenOpen)) return [];
        var arguments = ImmutableArray.CreateBuilder<ArgumentNode>();
        do
        {
            var start = _lexer.Start;
            var name = ParseName();
            Expect(TokenKind.Colon);
            arguments.Add(new ArgumentNode(name, ParseValue(isConstant), start));
        }
        while (GoesOn(TokenKind.ParenClose));
        return arguments.DrainToImmutable();
    }

    private ImmutableArray<DirectiveNode> ParseDirectives(bool isConstant)
    {
        if (!IsAt(TokenKind.At)) return [];
        var directives = ImmutableArray.CreateBuilder<DirectiveNode>(1);
        while (IsAt(TokenKind.At))
        {
            if (directives.Count == _limits.DirectivesPerLocationMax) FailLimit("directives at one location", _limits.DirectivesPerLocationMax);
            var start = _lexer.Start;
            Expect(TokenKind.At);
            var name = ParseName();
            directives.Add(new DirectiveNode(name, ParseArguments(isConstant), start));
        }

        return directives.DrainToImmutable();
    }

    private TypeNode ParseType()
    {
        var start = _lexer.Start;
        TypeNode type;
        if (Skip(TokenKind.BracketOpen))
        {
            if (!Enter()) return Nothing.Type;
            var item = ParseType();
            Leave();
            Expect(TokenKind.BracketClose);
            type = new ListTypeNode(item, start);
        }
        else
        {
            type = ParseNamedType();
        }

        return Skip(TokenKind.Bang) ? new NonNullTypeNode(type, start) : type;
    }

    private NamedTypeNode ParseNamedType()
    {
        var start = _lexer.Start;
        return new NamedTypeNode(ParseName(), start);
    }

    private ValueNode ParseValue(bool isConstant)
    {
        switch (_lexer.Kind)
        {
            case TokenKind.BracketOpen:
                return ParseList(isConstant);
            case TokenKind.BraceOpen:
                return ParseObject(isConstant);
            case TokenKind.Int or TokenKind.Float:
                return ParseNumber();
            case TokenKind.String or TokenKind.BlockString:
                return ParseString();
            case TokenKind.Name:
                return ParseWord();
            case TokenKind.Dollar when !isConstant:
                return ParseVariable();
            case TokenKind.Dollar:
                RefuseVariable();
                return Nothing.Value;
            default:
                FailUnexpected();
                return Nothing.Value;
        }
    }

    private ValueNode ParseNumber()
    {
        var start = _lexer.Start;
        var isInteger = IsAt(TokenKind.Int);
        var text = Encoding.UTF8.GetString(_lexer.Text);
        _lexer.Advance();
        return isInteger ? new IntValueNode(text, start) : new FloatValueNode(text, start);
    }

    private StringValueNode ParseString()
    {
        var value = new StringValueNode(_lexer.StringValue!, IsAt(TokenKind.BlockString), _lexer.Start);
        _lexer.Advance();
        return value;
    }

    private ValueNode ParseWord()
    {
        var start = _lexer.Start;
        if (SkipKeyword("true"u8)) return new BooleanValueNode(true, start);
        if (SkipKeyword("false"u8)) return new BooleanValueNode(false, start);
        return SkipKeyword("null"u8) ? new NullValueNode(start) : new EnumValueNode(ParseName().Value, start);
    }

    private ListValueNode ParseList(bool isConstant)
    {
        var start = _lexer.Start;
        Expect(TokenKind.BracketOpen);
        var values = ImmutableArray.CreateBuilder<ValueNode>();
        if (Enter())
        {
            while (GoesOn(TokenKind.BracketClose)) values.Add(ParseValue(isConstant));
        }

        Leave();
        return new ListValueNode(values.DrainToImmutable(), start);
    }

    private ObjectValueNode ParseObject(bool isConstant)
    {
        var start = _lexer.Start;
        Expect(TokenKind.BraceOpen);
        var fields = ImmutableArray.CreateBuilder<ObjectFieldNode>();
        if (Enter())
        {
            while (GoesOn(TokenKind.BraceClose))
            {
                var fieldStart = _lexer.Start;
                var name = ParseName();
                Expect(TokenKind.Colon);
                fields.Add(new ObjectFieldNode(name, ParseValue(isConstant), fieldStart));
            }
        }

        Leave();
        return new ObjectValueNode(fields.DrainToImmutable(), start);
    }

    private VariableNode ParseVariable()
    {
        var start = _lexer.Start;
        Expect(TokenKind.Dollar);
        return new VariableNode(ParseName(), start);
    }

    private void RefuseVariable()
    {
        var start = _lexer.Start;
        Expect(TokenKind.Dollar);
        if (IsAt(TokenKind.Name)) _lexer.Fail($"Unexpected variable \"${ParseName().Value}\" in constant value.", start);
        else _lexer.Fail($"Unexpected {SyntaxText.Describe(TokenKind.Dollar)}.", start);
    }
}
