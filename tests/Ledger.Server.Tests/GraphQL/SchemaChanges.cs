using Ledger.GraphQL.Types;

namespace Ledger.Server.Tests.GraphQL;

/// <summary>What of a schema would break clients that were written against an earlier one.</summary>
internal static class SchemaChanges
{
    public static IEnumerable<string> Breaking(Schema before, Schema after)
    {
        foreach (var old in before.Types.Where(type => !type.Name.StartsWith("__", StringComparison.Ordinal) && Scalars.Find(type.Name) is null))
        {
            var now = after.FindType(old.Name);
            if (now is null) yield return $"the type {old.Name} is gone";
            else if (KindOf(now) != KindOf(old)) yield return $"{old.Name} was {KindOf(old)} and is {KindOf(now)}";
            else foreach (var change in OfType(old, now)) yield return change;
        }
    }

    private static IEnumerable<string> OfType(NamedType old, NamedType now) => (old, now) switch
    {
        (EnumType was, EnumType become) => was.Values.Where(value => become.Find(value.Name) is null).Select(value => $"the value {old.Name}.{value.Name} is gone"),
        (UnionType was, UnionType become) => was.Types.Where(type => become.Types.All(each => each.Name != type.Name)).Select(type => $"{type.Name} is no {old.Name} any more"),
        (InputObjectType was, InputObjectType become) => OfInputs($"{old.Name}.", was.Fields, become.Fields, "field")
            .Concat(!was.IsOneOf && become.IsOneOf ? [$"{old.Name} takes exactly one field now"] : []),
        (FieldedType was, FieldedType become) => was.Interfaces.Where(type => become.Interfaces.All(each => each.Name != type.Name)).Select(type => $"{old.Name} is no {type.Name} any more")
            .Concat(was.Fields.SelectMany(field => OfField(old.Name, field, become.Find(field.Name)))),
        _ => [],
    };

    private static IEnumerable<string> OfField(string type, FieldDefinition old, FieldDefinition? now)
    {
        if (now is null) return [$"the field {type}.{old.Name} is gone"];
        var changes = OfInputs($"{type}.{old.Name}:", old.Arguments, now.Arguments, "argument");
        return IsNarrower(old.Type, now.Type) ? changes : changes.Prepend($"{type}.{old.Name} was {old.Type} and is {now.Type}");
    }

    private static IEnumerable<string> OfInputs(string owner, IReadOnlyList<InputValueDefinition> old, IReadOnlyList<InputValueDefinition> now, string what)
    {
        foreach (var was in old)
        {
            var become = now.FirstOrDefault(input => input.Name == was.Name);
            if (become is null) yield return $"the {what} {owner}{was.Name} is gone";
            else if (!IsNarrower(become.Type, was.Type)) yield return $"the {what} {owner}{was.Name} was {was.Type} and is {become.Type}";
            else if (was.DefaultLiteral?.ToString() != become.DefaultLiteral?.ToString()) yield return $"the default of the {what} {owner}{was.Name} changed";
        }

        foreach (var input in now.Where(input => input.IsRequired && old.All(was => was.Name != input.Name))) yield return $"the {what} {owner}{input.Name} is new and has to be given";
    }

    // Whether whoever reckons with the first can take the second: the same, or without a null where there was one.
    private static bool IsNarrower(GraphQLType old, GraphQLType now) => (old, now) switch
    {
        (NonNullType was, NonNullType become) => IsNarrower(was.OfType, become.OfType),
        (NonNullType, _) => false,
        (_, NonNullType become) => IsNarrower(old, become.OfType),
        (ListType was, ListType become) => IsNarrower(was.Item, become.Item),
        (NamedType was, NamedType become) => was.Name == become.Name,
        _ => false,
    };

    private static string KindOf(NamedType type) => type switch
    {
        ScalarType => "a scalar",
        EnumType => "an enum",
        UnionType => "a union",
        InterfaceType => "an interface",
        ObjectType => "a type",
        _ => "an input",
    };
}
