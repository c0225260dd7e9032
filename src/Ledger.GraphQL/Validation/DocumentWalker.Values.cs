using Ledger.GraphQL.Language.Syntax;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Validation;

// Arguments, values and references to types; uses of variables are noted on the way.
internal sealed partial class DocumentWalker
{
    private void WalkArgument(ArgumentNode argument)
    {
        if (_context.IsStopped) return;
        var definition = _context.Field?.FindArgument(argument.Name.Value);
        _context.Argument = definition;
        foreach (var i in _rules.Hearing(RuleEvents.Argument)) _visitors[i].VisitArgument(argument);
        _context.Argument = null;
        WalkWholeValue(argument.Value, InputOnly(definition?.Type), definition?.DefaultLiteral is not null);
    }

    private void WalkWholeValue(ValueNode value, GraphQLType? type, bool hasDefault)
    {
        if (type is not null && value is not VariableNode)
        {
            foreach (var i in _rules.Hearing(RuleEvents.Value)) _visitors[i].VisitValue(value, type);
        }

        WalkValue(value, type, hasDefault, parent: null);
    }

    private void WalkValue(ValueNode value, GraphQLType? type, bool hasDefault, InputObjectType? parent)
    {
        if (_context.IsStopped) return;
        _context.Work.NodesVisited++;
        switch (value)
        {
            case VariableNode variable:
                _current?.Usages.Add(new VariableUsage(variable, type, hasDefault, parent));
                break;
            case ListValueNode list:
                // A default of the list is none of its items.
                var item = (type?.Nullable as ListType)?.Item;
                foreach (var each in list.Values) WalkValue(each, item, hasDefault: false, parent: null);
                break;
            case ObjectValueNode fields:
                foreach (var i in _rules.Hearing(RuleEvents.ObjectValue)) _visitors[i].VisitObject(fields);
                var input = type?.Named as InputObjectType;
                foreach (var field in fields.Fields)
                {
                    var definition = input?.Find(field.Name.Value);
                    WalkValue(field.Value, InputOnly(definition?.Type), definition?.DefaultLiteral is not null, input);
                }

                break;
        }
    }

    private void WalkType(TypeNode type, bool isInTypeSystem)
    {
        while (type is not NamedTypeNode) type = type is ListTypeNode list ? list.Type : ((NonNullTypeNode)type).Type;
        foreach (var i in _rules.Hearing(RuleEvents.TypeName)) _visitors[i].VisitTypeName((NamedTypeNode)type, isInTypeSystem);
    }
}
