using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Types;

/// <summary>What implementing an interface takes (§3.6, <c>IsValidImplementation</c>).</summary>
internal static class ImplementationRules
{
    public static void Check(SchemaRules rules, FieldedType type)
    {
        var seen = new HashSet<InterfaceType>();
        foreach (var contract in type.Interfaces)
        {
            if (type == contract)
            {
                rules.Report($"Type {type} cannot implement itself because it would create a circular reference.", Clauses(type, contract));
            }
            else if (!seen.Add(contract))
            {
                rules.Report($"Type {type} can only implement {contract} once.", Clauses(type, contract));
            }
            else
            {
                CheckAncestors(rules, type, contract);
                foreach (var field in contract.Fields) CheckField(rules, type, contract, field);
            }
        }
    }

    private static void CheckAncestors(SchemaRules rules, FieldedType type, InterfaceType contract)
    {
        foreach (var ancestor in contract.Interfaces.Where(ancestor => !type.Interfaces.Contains(ancestor)))
        {
            rules.Report(
                ancestor == type
                    ? $"Type {type} cannot implement {contract} because it would create a circular reference."
                    : $"Type {type} must implement {ancestor} because it is implemented by {contract}.",
                [.. Clauses(contract, ancestor), .. Clauses(type, contract)]);
        }
    }

    private static void CheckField(SchemaRules rules, FieldedType type, InterfaceType contract, FieldDefinition expected)
    {
        var expectedName = $"{contract}.{expected.Name}";
        var name = $"{type}.{expected.Name}";
        if (type.Find(expected.Name) is not { } field)
        {
            rules.Report($"Interface field {expectedName} expected but {type} does not provide it.", [expected.Syntax, .. type.SyntaxNodes]);
            return;
        }

        if (!rules.Schema.IsSubType(expected.Type, field.Type))
            rules.Report($"Interface field {expectedName} expects type {expected.Type} but {name} is type {field.Type}.", expected.Syntax?.Type, field.Syntax?.Type);
        foreach (var argument in expected.Arguments) CheckArgument(rules, expectedName, name, argument, field);
        foreach (var argument in field.Arguments.Where(argument => argument.IsRequired && expected.FindArgument(argument.Name) is null))
        {
            rules.Report(
                $"Argument \"{name}({argument.Name}:)\" must not be required type \"{argument.Type}\" if not provided by the Interface field \"{expectedName}\".",
                argument.Syntax, expected.Syntax);
        }

        if (field.DeprecationReason is not null && expected.DeprecationReason is null)
            rules.Report($"Interface field {expectedName} is not deprecated, so implementation field {name} must not be deprecated.", SchemaRules.DeprecatedAt(field.Syntax?.Directives), field.Syntax?.Type);
    }

    private static void CheckArgument(SchemaRules rules, string expectedField, string field, InputValueDefinition expected, FieldDefinition definition)
    {
        if (definition.FindArgument(expected.Name) is not { } argument)
            rules.Report($"Interface field argument {expectedField}({expected.Name}:) expected but {field} does not provide it.", expected.Syntax, definition.Syntax);
        else if (argument.Type != expected.Type)
            rules.Report($"Interface field argument {expectedField}({expected.Name}:) expects type {expected.Type} but {field}({argument.Name}:) is type {argument.Type}.", expected.Syntax?.Type, argument.Syntax?.Type);
    }

    private static Node?[] Clauses(FieldedType type, InterfaceType contract) =>
    [
        .. type.SyntaxNodes.SelectMany(node => node switch
        {
            ObjectTypeDefinitionNode given => given.Interfaces,
            InterfaceTypeDefinitionNode given => given.Interfaces,
            _ => [],
        }).Where(node => node.Name.Value == contract.Name),
    ];
}
