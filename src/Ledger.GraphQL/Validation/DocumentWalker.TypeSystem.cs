using System.Collections.Immutable;
using Ledger.GraphQL.Language;
using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Validation;

// Definitions of a type system (§3): a request must not hold any, but what is in them is checked all the same.
internal sealed partial class DocumentWalker
{
    private void WalkTypeSystem(TypeSystemNode node)
    {
        foreach (var i in _rules.Hearing(RuleEvents.TypeSystem)) _visitors[i].VisitTypeSystem(node);
        switch (node)
        {
            case SchemaDefinitionNode schema:
                WalkDirectives(schema.Directives, DirectiveLocation.Schema, schema);
                foreach (var root in schema.OperationTypes) WalkType(root.Type, isInTypeSystem: true);
                break;
            case ScalarTypeDefinitionNode scalar:
                WalkDirectives(scalar.Directives, DirectiveLocation.Scalar, scalar);
                break;
            case ObjectTypeDefinitionNode type:
                WalkFielded(type, type.Interfaces, DirectiveLocation.Object, type.Fields);
                break;
            case InterfaceTypeDefinitionNode type:
                WalkFielded(type, type.Interfaces, DirectiveLocation.Interface, type.Fields);
                break;
            case UnionTypeDefinitionNode union:
                WalkDirectives(union.Directives, DirectiveLocation.Union, union);
                foreach (var member in union.Types) WalkType(member, isInTypeSystem: true);
                break;
            case EnumTypeDefinitionNode choices:
                WalkDirectives(choices.Directives, DirectiveLocation.Enum, choices);
                foreach (var value in choices.Values) WalkDirectives(value.Directives, DirectiveLocation.EnumValue, value);
                break;
            case InputObjectTypeDefinitionNode input:
                WalkDirectives(input.Directives, DirectiveLocation.InputObject, input);
                WalkInputs(input.Fields, DirectiveLocation.InputFieldDefinition);
                break;
            case DirectiveDefinitionNode directive:
                WalkInputs(directive.Arguments, DirectiveLocation.ArgumentDefinition);
                break;
        }
    }

    private void WalkFielded(
        TypeDefinitionNode type, ImmutableArray<NamedTypeNode> interfaces, DirectiveLocation location, ImmutableArray<FieldDefinitionNode> fields)
    {
        foreach (var implemented in interfaces) WalkType(implemented, isInTypeSystem: true);
        WalkDirectives(type.Directives, location, type);
        foreach (var field in fields)
        {
            if (_context.IsStopped) return;
            _context.Work.NodesVisited++;
            WalkInputs(field.Arguments, DirectiveLocation.ArgumentDefinition);
            WalkType(field.Type, isInTypeSystem: true);
            WalkDirectives(field.Directives, DirectiveLocation.FieldDefinition, field);
        }
    }

    private void WalkInputs(ImmutableArray<InputValueDefinitionNode> inputs, DirectiveLocation location)
    {
        foreach (var input in inputs)
        {
            if (_context.IsStopped) return;
            _context.Work.NodesVisited++;
            WalkType(input.Type, isInTypeSystem: true);
            if (input.DefaultValue is { } value) WalkWholeValue(value, type: null, hasDefault: false);
            WalkDirectives(input.Directives, location, input);
        }
    }
}
