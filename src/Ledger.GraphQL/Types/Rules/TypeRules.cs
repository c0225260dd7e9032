using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Types;

/// <summary>The rules for each kind of type (§3.5 to §3.10, "Type Validation").</summary>
internal static class TypeRules
{
    public static void Check(SchemaRules rules)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var type in rules.Schema.Types)
        {
            if (!names.Add(type.Name)) rules.Report($"There can be only one type named \"{type.Name}\".", type.Syntax?.Name);
            if (!Introspection.Includes(type)) rules.CheckName(type.Name, type.Syntax);
            switch (type)
            {
                case FieldedType fielded:
                    CheckFields(rules, fielded);
                    ImplementationRules.Check(rules, fielded);
                    break;
                case UnionType union:
                    CheckUnion(rules, union);
                    break;
                case EnumType choices:
                    if (choices.Values.Count == 0) rules.Report($"Enum type {type} must define one or more values.", [.. type.SyntaxNodes]);
                    foreach (var value in choices.Values) CheckEnumValue(rules, value);
                    break;
                case InputObjectType input:
                    CheckInputObject(rules, input);
                    break;
            }
        }
    }

    private static void CheckFields(SchemaRules rules, FieldedType type)
    {
        if (type.Fields.Count == 0) rules.Report($"Type {type} must define one or more fields.", [.. type.SyntaxNodes]);
        foreach (var field in type.Fields)
        {
            rules.CheckName(field.Name, field.Syntax);
            if (!field.Type.IsOutput) rules.Report($"The type of {type}.{field.Name} must be Output Type but got: {field.Type}.", field.Syntax?.Type);
            foreach (var argument in field.Arguments) rules.CheckInput(argument, $"{type}.{field.Name}({argument.Name}:)", "argument");
        }
    }

    private static void CheckUnion(SchemaRules rules, UnionType union)
    {
        if (union.Types.Count == 0) rules.Report($"Union type {union} must define one or more member types.", [.. union.SyntaxNodes]);
        foreach (var twice in union.Types.GroupBy(type => type).Where(group => group.Count() > 1))
        {
            Node?[] nodes = [.. union.SyntaxNodes.Cast<UnionTypeDefinitionNode>().SelectMany(node => node.Types).Where(node => node.Name.Value == twice.Key.Name)];
            rules.Report($"Union type {union} can only include type {twice.Key} once.", nodes);
        }
    }

    private static void CheckEnumValue(SchemaRules rules, EnumValueDefinition value)
    {
        if (value.Name is "true" or "false" or "null") rules.Report($"Name \"{value.Name}\" is reserved and cannot be used for an enum value.", value.Syntax);
        else rules.CheckName(value.Name, value.Syntax);
    }

    private static void CheckInputObject(SchemaRules rules, InputObjectType type)
    {
        if (type.Fields.Count == 0) rules.Report($"Input Object type {type} must define one or more fields.", [.. type.SyntaxNodes]);
        foreach (var field in type.Fields)
        {
            rules.CheckInput(field, $"{type}.{field.Name}", "input field");
            if (!type.IsOneOf) continue;
            if (field.Type is NonNullType) rules.Report($"OneOf input field {type}.{field.Name} must be nullable.", field.Syntax?.Type);
            if (field.DefaultLiteral is not null) rules.Report($"OneOf input field {type}.{field.Name} cannot have a default value.", field.Syntax);
        }
    }
}
