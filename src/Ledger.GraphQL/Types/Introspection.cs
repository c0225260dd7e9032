using System.Collections.Immutable;
using Ledger.GraphQL.Language;

namespace Ledger.GraphQL.Types;

/// <summary>The types and meta fields of introspection (§4), written as any host writes its types.</summary>
internal static partial class Introspection
{
    private static readonly ObjectType<Schema> SchemaObject = new("__Schema")
    {
        Description = "A GraphQL Schema defines the capabilities of a GraphQL server. It exposes all available types and directives on the server, as well as the entry points for query, mutation, and subscription operations.",
    };

    private static readonly ObjectType<DirectiveDefinition> DirectiveObject = new("__Directive")
    {
        Description = "A Directive provides a way to describe alternate runtime execution and type validation behavior in a GraphQL document.\n\nIn some cases, you need to provide options to alter GraphQL's execution behavior in ways field arguments will not suffice, such as conditionally including or skipping a field. Directives provide this by describing additional information to the executor.",
    };

    private static readonly ObjectType<GraphQLType> TypeObject = new("__Type")
    {
        Description = "The fundamental unit of any GraphQL Schema is the type. There are many kinds of types in GraphQL as represented by the `__TypeKind` enum.\n\nDepending on the kind of a type, certain fields describe information about that type. Scalar types provide no information beyond a name, description and optional `specifiedByURL`, while Enum types provide their values. Object and Interface types provide the fields they describe. Abstract types, Union and Interface, provide the Object types possible at runtime. List and NonNull types compose other types.",
    };

    private static readonly ObjectType<FieldDefinition> FieldObject = new("__Field")
    {
        Description = "Object and Interface types are described by a list of Fields, each of which has a name, potentially a list of arguments, and a return type.",
    };

    private static readonly ObjectType<InputValueDefinition> InputValueObject = new("__InputValue")
    {
        Description = "Arguments provided to Fields or Directives and the input fields of an InputObject are represented as Input Values which describe their type and optionally a default value.",
    };

    private static readonly ObjectType<EnumValueDefinition> EnumValueObject = new("__EnumValue")
    {
        Description = "One possible value for a given Enum. Enum values are unique values, not a placeholder for a string or numeric value. However an Enum value is returned in a JSON response as a string.",
    };

    private static readonly NamedType[] All;
    private static readonly ScalarType<string> String = Scalars.String;
    private static readonly ScalarType<bool> Boolean = Scalars.Boolean;

    // After the initializers of both files, which have no order between them.
    static Introspection()
    {
        All = [SchemaObject, DirectiveObject, TypeObject, FieldObject, InputValueObject, EnumValueObject, TypeKind, DirectiveLocationEnum];
        AddSchemaFields();
        AddDirectiveFields();
        AddTypeFields();
        AddMemberFields();
    }

    /// <summary>All types of introspection.</summary>
    public static IReadOnlyList<NamedType> Types => All;

    /// <summary><c>__Schema</c>.</summary>
    public static ObjectType SchemaType => SchemaObject;

    /// <summary><c>__schema</c>, a field of the query type (§4.2).</summary>
    public static FieldDefinition SchemaField { get; } = new FieldDefinition(
        "__schema", SchemaObject.NonNull(), new DelegateResolver<object?>((_, context) => context.Request.Schema))
        .Describe("Access the current type schema of this server.");

    /// <summary><c>__type</c>, a field of the query type (§4.2).</summary>
    public static FieldDefinition TypeField { get; } = new FieldDefinition(
        "__type", TypeObject, new DelegateResolver<object?>((_, context) => context.Request.Schema.FindType(context.Arguments.Get<string>("name")!)))
        .Describe("Request the type information of a single type.")
        .Argument("name", String.NonNull());

    /// <summary><c>__typename</c>, a field of every composite type (§4.1).</summary>
    public static FieldDefinition TypeName { get; } = new FieldDefinition("__typename", String.NonNull(), resolver: null)
        .Describe("The name of the current Object type at runtime.");

    /// <summary>Whether a type is one of introspection.</summary>
    public static bool Includes(NamedType type) => Array.IndexOf(All, type) >= 0;

    /// <summary>The type of introspection of a name; null when there is none.</summary>
    public static NamedType? Find(string name) => Array.Find(All, type => type.Name == name);

    private static void AddSchemaFields()
    {
        SchemaObject.Field("description", String, schema => schema.Description);
        SchemaObject.Field("types", TypeObject.NonNull().List().NonNull(), schema => ImmutableArray<GraphQLType>.CastUp(schema.Types))
            .Describe("A list of all types supported by this server.");
        SchemaObject.Field("queryType", TypeObject.NonNull(), schema => schema.QueryType)
            .Describe("The type that query operations will be rooted at.");
        SchemaObject.Field("mutationType", TypeObject, schema => schema.MutationType)
            .Describe("If this server supports mutation, the type that mutation operations will be rooted at.");
        SchemaObject.Field("subscriptionType", TypeObject, schema => schema.SubscriptionType)
            .Describe("If this server support subscription, the type that subscription operations will be rooted at.");
        SchemaObject.Field("directives", DirectiveObject.NonNull().List().NonNull(), schema => schema.Directives)
            .Describe("A list of all directives supported by this server.");
    }

    private static void AddDirectiveFields()
    {
        DirectiveObject.Field("name", String.NonNull(), directive => directive.Name);
        DirectiveObject.Field("description", String, directive => directive.Description);
        DirectiveObject.Field("isRepeatable", Boolean.NonNull(), directive => directive.IsRepeatable);
        DirectiveObject.Field("locations", DirectiveLocationEnum.NonNull().List().NonNull(), directive => directive.Locations);
        DirectiveObject.Field("args", InputValueObject.NonNull().List().NonNull(), (directive, context) => Current(directive.Arguments, each => each.DeprecationReason, context))
            .WithDeprecated();
    }

    private static void AddMemberFields()
    {
        FieldObject.Field("name", String.NonNull(), field => field.Name);
        FieldObject.Field("description", String, field => field.Description);
        FieldObject.Field("args", InputValueObject.NonNull().List().NonNull(), (field, context) => Current(field.Arguments, each => each.DeprecationReason, context))
            .WithDeprecated();
        FieldObject.Field("type", TypeObject.NonNull(), field => field.Type);
        AddDeprecation(FieldObject, field => field.DeprecationReason);

        InputValueObject.Field("name", String.NonNull(), input => input.Name);
        InputValueObject.Field("description", String, input => input.Description);
        InputValueObject.Field("type", TypeObject.NonNull(), input => input.Type);
        InputValueObject.Field("defaultValue", String, input => input.DefaultLiteral is { } literal ? SyntaxPrinter.Print(literal) : null)
            .Describe("A GraphQL-formatted string representing the default value for this input value.");
        AddDeprecation(InputValueObject, input => input.DeprecationReason);

        EnumValueObject.Field("name", String.NonNull(), value => value.Name);
        EnumValueObject.Field("description", String, value => value.Description);
        AddDeprecation(EnumValueObject, value => value.DeprecationReason);
    }

    private static void AddDeprecation<T>(ObjectType<T> type, Func<T, string?> reason)
    {
        type.Field("isDeprecated", Boolean.NonNull(), member => reason(member) is not null);
        type.Field("deprecationReason", String, reason);
    }

    // includeDeprecated: Boolean! = false (§4.2).
    private static FieldDefinition WithDeprecated(this FieldDefinition field) => field.Argument("includeDeprecated", Boolean.NonNull(), "false");

    private static IReadOnlyList<T> Current<T>(IReadOnlyList<T> members, Func<T, string?> reason, ResolverContext context) =>
        context.Arguments.Get<bool>("includeDeprecated") ? members : [.. members.Where(member => reason(member) is null)];
}
