using System.Collections.Immutable;
using Ledger.GraphQL.Language;
using Ledger.GraphQL.Language.Syntax;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Validation;

/// <summary>
/// Walks a document once for all rules, keeping the types of the place in the context. Fragments are walked where they are defined, never
/// where they are spread, so recursion is bounded by the depth that the document was parsed with.
/// </summary>
internal sealed partial class DocumentWalker
{
    private readonly ValidationContext _context;
    private readonly RuleSet _rules;
    private readonly RuleVisitor[] _visitors;
    private ExecutableFacts? _current;

    public DocumentWalker(ValidationContext context)
    {
        _context = context;
        _rules = context.Options.Rules;
        _visitors = new RuleVisitor[_rules.Count];
        for (var i = 0; i < _visitors.Length; i++) _visitors[i] = _rules[i].Create(context);
    }

    public void Walk()
    {
        var document = _context.Document;
        foreach (var i in _rules.Hearing(RuleEvents.EnterDocument)) _visitors[i].EnterDocument(document);
        var (operations, fragments) = (0, 0);
        foreach (var definition in document.Definitions)
        {
            if (_context.IsStopped) return;
            _context.Work.NodesVisited++;
            switch (definition)
            {
                // Without a schema there is nothing to hold them against: they are refused where types are made.
                case OperationDefinitionNode or FragmentDefinitionNode when _context.Schema is null:
                    break;
                case OperationDefinitionNode operation:
                    WalkOperation(operation, _context.Graph.Operations[operations++]);
                    break;
                case FragmentDefinitionNode fragment:
                    WalkFragment(fragment, _context.Graph.Fragments[fragments++]);
                    break;
                case TypeSystemNode node:
                    WalkTypeSystem(node);
                    break;
            }
        }

        foreach (var i in _rules.Hearing(RuleEvents.LeaveDocument))
        {
            if (!_context.IsStopped) _visitors[i].LeaveDocument(document);
        }
    }

    private void WalkOperation(OperationDefinitionNode operation, ExecutableFacts facts)
    {
        (_current, _context.Type) = (facts, facts.Type);
        foreach (var i in _rules.Hearing(RuleEvents.Operation)) _visitors[i].VisitOperation(operation);
        foreach (var variable in operation.VariableDefinitions) WalkVariable(variable);
        var location = operation.Operation switch
        {
            OperationType.Query => DirectiveLocation.Query,
            OperationType.Mutation => DirectiveLocation.Mutation,
            _ => DirectiveLocation.Subscription,
        };
        WalkDirectives(operation.Directives, location, operation);
        WalkSelectionSet(operation.SelectionSet, isInline: false);
        (_current, _context.Type) = (null, null);
    }

    private void WalkVariable(VariableDefinitionNode variable)
    {
        if (_context.IsStopped) return;
        _context.Work.NodesVisited++;
        foreach (var i in _rules.Hearing(RuleEvents.Variable)) _visitors[i].VisitVariable(variable);
        WalkType(variable.Type, isInTypeSystem: false);
        if (variable.DefaultValue is { } value) WalkWholeValue(value, InputOnly(_context.Schema!.TypeOf(variable.Type)), hasDefault: false);
        WalkDirectives(variable.Directives, DirectiveLocation.VariableDefinition, variable);
    }

    private void WalkFragment(FragmentDefinitionNode fragment, ExecutableFacts facts)
    {
        (_current, _context.Type) = (facts, ConditionType(fragment.TypeCondition));
        foreach (var i in _rules.Hearing(RuleEvents.Fragment)) _visitors[i].VisitFragment(fragment);
        WalkType(fragment.TypeCondition, isInTypeSystem: false);
        WalkDirectives(fragment.Directives, DirectiveLocation.FragmentDefinition, fragment);
        WalkSelectionSet(fragment.SelectionSet, isInline: false);
        (_current, _context.Type) = (null, null);
    }

    private void WalkSelectionSet(SelectionSetNode set, bool isInline)
    {
        var outer = _context.ParentType;
        _context.ParentType = _context.Type?.Named as CompositeType;
        if (!isInline)
        {
            foreach (var i in _rules.Hearing(RuleEvents.SelectionSet)) _visitors[i].VisitSelectionSet(set);
        }

        foreach (var selection in set.Selections)
        {
            if (_context.IsStopped) break;
            _context.Work.NodesVisited++;
            switch (selection)
            {
                case FieldNode field:
                    WalkField(field);
                    break;
                case FragmentSpreadNode spread:
                    foreach (var i in _rules.Hearing(RuleEvents.Spread)) _visitors[i].VisitSpread(spread);
                    WalkDirectives(spread.Directives, DirectiveLocation.FragmentSpread, spread);
                    break;
                case InlineFragmentNode inline:
                    WalkInlineFragment(inline);
                    break;
            }
        }

        _context.ParentType = outer;
    }

    private void WalkField(FieldNode field)
    {
        var (type, definition) = (_context.Type, _context.Field);
        _context.Field = _context.ParentType is { } parent ? _context.Schema!.FindField(parent, field.Name.Value) : null;
        _context.Type = _context.Field is { Type: { IsOutput: true } fieldType } ? fieldType : null;
        foreach (var i in _rules.Hearing(RuleEvents.EnterField)) _visitors[i].EnterField(field);
        foreach (var argument in field.Arguments) WalkArgument(argument);
        WalkDirectives(field.Directives, DirectiveLocation.Field, field);
        if (field.SelectionSet is { } set) WalkSelectionSet(set, isInline: false);
        foreach (var i in _rules.Hearing(RuleEvents.LeaveField)) _visitors[i].LeaveField(field);
        (_context.Type, _context.Field) = (type, definition);
    }

    private void WalkInlineFragment(InlineFragmentNode inline)
    {
        var type = _context.Type;
        _context.Type = inline.TypeCondition is { } condition ? ConditionType(condition) : type?.Named;
        foreach (var i in _rules.Hearing(RuleEvents.InlineFragment)) _visitors[i].VisitInlineFragment(inline);
        if (inline.TypeCondition is not null) WalkType(inline.TypeCondition, isInTypeSystem: false);
        WalkDirectives(inline.Directives, DirectiveLocation.InlineFragment, inline);
        WalkSelectionSet(inline.SelectionSet, isInline: true);
        _context.Type = type;
    }

    private void WalkDirectives(ImmutableArray<DirectiveNode> directives, DirectiveLocation location, Node owner)
    {
        if (directives.IsEmpty) return;
        foreach (var i in _rules.Hearing(RuleEvents.DirectiveList)) _visitors[i].VisitDirectives(directives, owner);
        foreach (var directive in directives)
        {
            if (_context.IsStopped) return;
            _context.Work.NodesVisited++;
            foreach (var i in _rules.Hearing(RuleEvents.EnterDirective)) _visitors[i].EnterDirective(directive, location);
            var definition = _context.Schema?.FindDirective(directive.Name.Value);
            foreach (var argument in directive.Arguments)
            {
                var expected = definition?.FindArgument(argument.Name.Value);
                WalkWholeValue(argument.Value, InputOnly(expected?.Type), expected?.DefaultLiteral is not null);
            }

            foreach (var i in _rules.Hearing(RuleEvents.LeaveDirective)) _visitors[i].LeaveDirective(directive);
        }
    }

    private NamedType? ConditionType(NamedTypeNode condition) =>
        _context.Schema!.FindType(condition.Name.Value) is { IsOutput: true } type ? type : null;

    private static GraphQLType? InputOnly(GraphQLType? type) => type is { IsInput: true } ? type : null;
}
