using Ledger.GraphQL.Language;

namespace Ledger.GraphQL.Types;

// __Type and the two enums (§4.2.2, §4.2.6).
internal static partial class Introspection
{
    private static readonly EnumType<string> TypeKind = new EnumType<string>("__TypeKind") { Description = "An enum describing what kind of type a given `__Type` is." }
        .Value("SCALAR", "SCALAR", "Indicates this type is a scalar.")
        .Value("OBJECT", "OBJECT", "Indicates this type is an object. `fields` and `interfaces` are valid fields.")
        .Value("INTERFACE", "INTERFACE", "Indicates this type is an interface. `fields`, `interfaces`, and `possibleTypes` are valid fields.")
        .Value("UNION", "UNION", "Indicates this type is a union. `possibleTypes` is a valid field.")
        .Value("ENUM", "ENUM", "Indicates this type is an enum. `enumValues` is a valid field.")
        .Value("INPUT_OBJECT", "INPUT_OBJECT", "Indicates this type is an input object. `inputFields` is a valid field.")
        .Value("LIST", "LIST", "Indicates this type is a list. `ofType` is a valid field.")
        .Value("NON_NULL", "NON_NULL", "Indicates this type is a non-null. `ofType` is a valid field.");

    private static readonly EnumType<DirectiveLocation> DirectiveLocationEnum = CreateDirectiveLocation();

    private static EnumType<DirectiveLocation> CreateDirectiveLocation()
    {
        var type = new EnumType<DirectiveLocation>("__DirectiveLocation")
        {
            Description = "A Directive can be adjacent to many parts of the GraphQL language, a __DirectiveLocation describes one such possible adjacencies.",
        };
        return type
            .Add(DirectiveLocation.Query, "a query operation")
            .Add(DirectiveLocation.Mutation, "a mutation operation")
            .Add(DirectiveLocation.Subscription, "a subscription operation")
            .Add(DirectiveLocation.Field, "a field")
            .Add(DirectiveLocation.FragmentDefinition, "a fragment definition")
            .Add(DirectiveLocation.FragmentSpread, "a fragment spread")
            .Add(DirectiveLocation.InlineFragment, "an inline fragment")
            .Add(DirectiveLocation.VariableDefinition, "an operation variable definition")
            .Add(DirectiveLocation.Schema, "a schema definition")
            .Add(DirectiveLocation.Scalar, "a scalar definition")
            .Add(DirectiveLocation.Object, "an object type definition")
            .Add(DirectiveLocation.FieldDefinition, "a field definition")
            .Add(DirectiveLocation.ArgumentDefinition, "an argument definition")
            .Add(DirectiveLocation.Interface, "an interface definition")
            .Add(DirectiveLocation.Union, "a union definition")
            .Add(DirectiveLocation.Enum, "an enum definition")
            .Add(DirectiveLocation.EnumValue, "an enum value definition")
            .Add(DirectiveLocation.InputObject, "an input object type definition")
            .Add(DirectiveLocation.InputFieldDefinition, "an input object field definition");
    }

    private static EnumType<DirectiveLocation> Add(this EnumType<DirectiveLocation> type, DirectiveLocation location, string what) =>
        type.Value(location.NameOf(), location, $"Location adjacent to {what}.");

    private static void AddTypeFields()
    {
        TypeObject.Field("kind", TypeKind.NonNull(), KindOf);
        TypeObject.Field("name", String, type => (type as NamedType)?.Name);
        TypeObject.Field("description", String, type => (type as NamedType)?.Description);
        TypeObject.Field("specifiedByURL", String, type => (type as ScalarType)?.SpecifiedBy);
        TypeObject.Field("fields", FieldObject.NonNull().List(), (type, context) =>
            type is FieldedType fielded ? Current(fielded.Fields, field => field.DeprecationReason, context) : null).WithDeprecated();
        TypeObject.Field("interfaces", TypeObject.NonNull().List(), type => (type as FieldedType)?.Interfaces);
        TypeObject.Field("possibleTypes", TypeObject.NonNull().List(), (type, context) =>
            type is InterfaceType or UnionType ? context.Request.Schema.PossibleTypes((CompositeType)type) : null);
        TypeObject.Field("enumValues", EnumValueObject.NonNull().List(), (type, context) =>
            type is EnumType choices ? Current(choices.Values, value => value.DeprecationReason, context) : null).WithDeprecated();
        TypeObject.Field("inputFields", InputValueObject.NonNull().List(), (type, context) =>
            type is InputObjectType input ? Current(input.Fields, field => field.DeprecationReason, context) : null).WithDeprecated();
        TypeObject.Field("ofType", TypeObject, type => (type as ListType)?.Item ?? (type as NonNullType)?.OfType);
        TypeObject.Field("isOneOf", Boolean, type => (type as InputObjectType)?.IsOneOf);
    }

    private static string KindOf(GraphQLType type) => type switch
    {
        ScalarType => "SCALAR",
        ObjectType => "OBJECT",
        InterfaceType => "INTERFACE",
        UnionType => "UNION",
        EnumType => "ENUM",
        InputObjectType => "INPUT_OBJECT",
        ListType => "LIST",
        _ => "NON_NULL",
    };
}
