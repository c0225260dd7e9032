using System.Collections.Immutable;
using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Language;

// Type systems and their extensions (§3). Both have the same parts; an extension has no description, and says something at least.
internal ref partial struct Parser
{
    private TypeSystemNode? TryParseTypeSystem(StringValueNode? description, int start)
    {
        if (!IsAt(TokenKind.Name)) return null;
        return IsAtKeyword("directive"u8) ? ParseDirectiveDefinition(description, start) : TryParseExtensible(description, false, start);
    }

    private DefinitionNode ParseExtension(int start)
    {
        ExpectKeyword("extend"u8);
        if (TryParseExtensible(null, true, start) is { } extension) return extension;
        FailUnexpected();
        return Nothing.Definition;
    }

    private TypeSystemNode? TryParseExtensible(StringValueNode? description, bool isExtension, int start)
    {
        if (SkipKeyword("schema"u8)) return ParseSchema(description, isExtension, start);
        if (SkipKeyword("scalar"u8)) return ParseScalar(description, isExtension, start);
        if (SkipKeyword("type"u8)) return ParseObjectType(description, isExtension, start);
        if (SkipKeyword("interface"u8)) return ParseInterface(description, isExtension, start);
        if (SkipKeyword("union"u8)) return ParseUnion(description, isExtension, start);
        if (SkipKeyword("enum"u8)) return ParseEnum(description, isExtension, start);
        return SkipKeyword("input"u8) ? ParseInputObject(description, isExtension, start) : null;
    }

    private SchemaDefinitionNode ParseSchema(StringValueNode? description, bool isExtension, int start)
    {
        var directives = ParseDirectives(isConstant: true);
        var types = ImmutableArray.CreateBuilder<OperationTypeDefinitionNode>();
        if (!isExtension || IsAt(TokenKind.BraceOpen))
        {
            Expect(TokenKind.BraceOpen);
            do
            {
                var typeStart = _lexer.Start;
                var operation = ParseOperationType();
                Expect(TokenKind.Colon);
                types.Add(new OperationTypeDefinitionNode(operation, ParseNamedType(), typeStart));
            }
            while (GoesOn(TokenKind.BraceClose));
        }

        RefuseEmptyExtension(isExtension && directives.IsEmpty && types.Count == 0);
        return new SchemaDefinitionNode(description, directives, types.DrainToImmutable(), isExtension, start);
    }

    private ScalarTypeDefinitionNode ParseScalar(StringValueNode? description, bool isExtension, int start)
    {
        var name = ParseName();
        var directives = ParseDirectives(isConstant: true);
        RefuseEmptyExtension(isExtension && directives.IsEmpty);
        return new ScalarTypeDefinitionNode(description, name, directives, isExtension, start);
    }

    private ObjectTypeDefinitionNode ParseObjectType(StringValueNode? description, bool isExtension, int start)
    {
        var (name, interfaces, directives, fields) = ParseTypeWithFields(isExtension);
        return new ObjectTypeDefinitionNode(description, name, interfaces, directives, fields, isExtension, start);
    }

    private InterfaceTypeDefinitionNode ParseInterface(StringValueNode? description, bool isExtension, int start)
    {
        var (name, interfaces, directives, fields) = ParseTypeWithFields(isExtension);
        return new InterfaceTypeDefinitionNode(description, name, interfaces, directives, fields, isExtension, start);
    }

    private (NameNode, ImmutableArray<NamedTypeNode>, ImmutableArray<DirectiveNode>, ImmutableArray<FieldDefinitionNode>) ParseTypeWithFields(bool isExtension)
    {
        var name = ParseName();
        var interfaces = SkipKeyword("implements"u8) ? ParseNamedTypes(TokenKind.Ampersand) : [];
        var directives = ParseDirectives(isConstant: true);
        var fields = ParseFieldDefinitions();
        RefuseEmptyExtension(isExtension && interfaces.IsEmpty && directives.IsEmpty && fields.IsEmpty);
        return (name, interfaces, directives, fields);
    }

    private UnionTypeDefinitionNode ParseUnion(StringValueNode? description, bool isExtension, int start)
    {
        var name = ParseName();
        var directives = ParseDirectives(isConstant: true);
        var types = Skip(TokenKind.Equals) ? ParseNamedTypes(TokenKind.Pipe) : [];
        RefuseEmptyExtension(isExtension && directives.IsEmpty && types.IsEmpty);
        return new UnionTypeDefinitionNode(description, name, directives, types, isExtension, start);
    }

    private EnumTypeDefinitionNode ParseEnum(StringValueNode? description, bool isExtension, int start)
    {
        var name = ParseName();
        var directives = ParseDirectives(isConstant: true);
        var values = ImmutableArray.CreateBuilder<EnumValueDefinitionNode>();
        if (Skip(TokenKind.BraceOpen))
        {
            do
            {
                var valueStart = _lexer.Start;
                var valueDescription = ParseDescription();
                if (IsAtKeyword("true"u8) || IsAtKeyword("false"u8) || IsAtKeyword("null"u8))
                    _lexer.Fail($"{Found} is reserved and cannot be used for an enum value.", _lexer.Start);
                var valueName = ParseName();
                values.Add(new EnumValueDefinitionNode(valueDescription, valueName, ParseDirectives(isConstant: true), valueStart));
            }
            while (GoesOn(TokenKind.BraceClose));
        }

        RefuseEmptyExtension(isExtension && directives.IsEmpty && values.Count == 0);
        return new EnumTypeDefinitionNode(description, name, directives, values.DrainToImmutable(), isExtension, start);
    }

    private InputObjectTypeDefinitionNode ParseInputObject(StringValueNode? description, bool isExtension, int start)
    {
        var name = ParseName();
        var directives = ParseDirectives(isConstant: true);
        var fields = ParseInputValues(TokenKind.BraceOpen, TokenKind.BraceClose);
        RefuseEmptyExtension(isExtension && directives.IsEmpty && fields.IsEmpty);
        return new InputObjectTypeDefinitionNode(description, name, directives, fields, isExtension, start);
    }

    private DirectiveDefinitionNode ParseDirectiveDefinition(StringValueNode? description, int start)
    {
        ExpectKeyword("directive"u8);
        Expect(TokenKind.At);
        var name = ParseName();
        var arguments = ParseInputValues(TokenKind.ParenOpen, TokenKind.ParenClose);
        var isRepeatable = SkipKeyword("repeatable"u8);
        ExpectKeyword("on"u8);
        Skip(TokenKind.Pipe);
        var locations = ImmutableArray.CreateBuilder<NameNode>();
        do
        {
            var location = ParseName();
            if (!DirectiveLocations.TryParse(location.Value, out _)) FailUnexpected(location);
            locations.Add(location);
        }
        while (Skip(TokenKind.Pipe));
        return new DirectiveDefinitionNode(description, name, arguments, isRepeatable, locations.DrainToImmutable(), start);
    }

    private ImmutableArray<NamedTypeNode> ParseNamedTypes(TokenKind separator)
    {
        Skip(separator);
        var types = ImmutableArray.CreateBuilder<NamedTypeNode>();
        do
        {
            types.Add(ParseNamedType());
        }
        while (Skip(separator));
        return types.DrainToImmutable();
    }

    private ImmutableArray<FieldDefinitionNode> ParseFieldDefinitions()
    {
        if (!Skip(TokenKind.BraceOpen)) return [];
        var fields = ImmutableArray.CreateBuilder<FieldDefinitionNode>();
        do
        {
            var start = _lexer.Start;
            var description = ParseDescription();
            var name = ParseName();
            var arguments = ParseInputValues(TokenKind.ParenOpen, TokenKind.ParenClose);
            Expect(TokenKind.Colon);
            var type = ParseType();
            fields.Add(new FieldDefinitionNode(description, name, arguments, type, ParseDirectives(isConstant: true), start));
        }
        while (GoesOn(TokenKind.BraceClose));
        return fields.DrainToImmutable();
    }

    private ImmutableArray<InputValueDefinitionNode> ParseInputValues(TokenKind open, TokenKind close)
    {
        if (!Skip(open)) return [];
        var values = ImmutableArray.CreateBuilder<InputValueDefinitionNode>();
        do
        {
            var start = _lexer.Start;
            var description = ParseDescription();
            var name = ParseName();
            Expect(TokenKind.Colon);
            var type = ParseType();
            var defaultValue = Skip(TokenKind.Equals) ? ParseValue(isConstant: true) : null;
            values.Add(new InputValueDefinitionNode(description, name, type, defaultValue, ParseDirectives(isConstant: true), start));
        }
        while (GoesOn(close));
        return values.DrainToImmutable();
    }

    private void RefuseEmptyExtension(bool isEmpty)
    {
        if (isEmpty) FailUnexpected();
    }
}
