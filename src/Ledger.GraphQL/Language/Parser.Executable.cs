using System.Collections.Immutable;
using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Language;

// Operations, selections and fragments (§2.3 to §2.8).
internal ref partial struct Parser
{
    private readonly bool IsAtOperation => IsAtKeyword("query"u8) || IsAtKeyword("mutation"u8) || IsAtKeyword("subscription"u8);

    private OperationDefinitionNode ParseShorthandQuery()
    {
        var start = _lexer.Start;
        return new OperationDefinitionNode(null, OperationType.Query, null, [], [], ParseSelectionSet(), start);
    }

    private OperationDefinitionNode ParseOperation(StringValueNode? description, int start)
    {
        var operation = ParseOperationType();
        var name = IsAt(TokenKind.Name) ? ParseName() : null;
        var variables = ParseVariableDefinitions();
        var directives = ParseDirectives(isConstant: false);
        return new OperationDefinitionNode(description, operation, name, variables, directives, ParseSelectionSet(), start);
    }

    private OperationType ParseOperationType()
    {
        var name = ParseName();
        switch (name.Value)
        {
            case "query": return OperationType.Query;
            case "mutation": return OperationType.Mutation;
            case "subscription": return OperationType.Subscription;
            default:
                FailUnexpected(name);
                return default;
        }
    }

    private ImmutableArray<VariableDefinitionNode> ParseVariableDefinitions()
    {
        if (!Skip(TokenKind.ParenOpen)) return [];
        var variables = ImmutableArray.CreateBuilder<VariableDefinitionNode>();
        do
        {
            if (variables.Count == _limits.VariablesMax) FailLimit("variables in one operation", _limits.VariablesMax);
            var start = _lexer.Start;
            var description = ParseDescription();
            var variable = ParseVariable();
            Expect(TokenKind.Colon);
            var type = ParseType();
            var defaultValue = Skip(TokenKind.Equals) ? ParseValue(isConstant: true) : null;
            variables.Add(new VariableDefinitionNode(description, variable, type, defaultValue, ParseDirectives(isConstant: true), start));
        }
        while (GoesOn(TokenKind.ParenClose));
        return variables.DrainToImmutable();
    }

    // Never empty (§2.4).
    private SelectionSetNode ParseSelectionSet()
    {
        var start = _lexer.Start;
        Expect(TokenKind.BraceOpen);
        if (!Enter()) return Nothing.SelectionSet;
        var selections = ImmutableArray.CreateBuilder<SelectionNode>();
        do
        {
            selections.Add(IsAt(TokenKind.Spread) ? ParseFragment() : ParseField());
        }
        while (GoesOn(TokenKind.BraceClose));
        Leave();
        return new SelectionSetNode(selections.DrainToImmutable(), start);
    }

    private FieldNode ParseField()
    {
        if (++_fields > _limits.FieldsMax) FailLimit("fields", _limits.FieldsMax);
        var start = _lexer.Start;
        var name = ParseName();
        NameNode? alias = null;
        if (Skip(TokenKind.Colon)) (alias, name) = (name, ParseName());
        var arguments = ParseArguments(isConstant: false);
        var directives = ParseDirectives(isConstant: false);
        return new FieldNode(alias, name, arguments, directives, IsAt(TokenKind.BraceOpen) ? ParseSelectionSet() : null, start);
    }

    private SelectionNode ParseFragment()
    {
        var start = _lexer.Start;
        Expect(TokenKind.Spread);
        var hasCondition = SkipKeyword("on"u8);
        if (!hasCondition && IsAt(TokenKind.Name)) return new FragmentSpreadNode(ParseName(), ParseDirectives(isConstant: false), start);
        var condition = hasCondition ? ParseNamedType() : null;
        var directives = ParseDirectives(isConstant: false);
        return new InlineFragmentNode(condition, directives, ParseSelectionSet(), start);
    }

    private FragmentDefinitionNode ParseFragmentDefinition(StringValueNode? description, int start)
    {
        ExpectKeyword("fragment"u8);
        if (IsAtKeyword("on"u8)) FailUnexpected();
        var name = ParseName();
        ExpectKeyword("on"u8);
        var condition = ParseNamedType();
        var directives = ParseDirectives(isConstant: false);
        return new FragmentDefinitionNode(description, name, condition, directives, ParseSelectionSet(), start);
    }
}
