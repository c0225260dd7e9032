namespace Ledger.GraphQL.Language;

/// <summary>Where a directive may stand (§3.13).</summary>
public enum DirectiveLocation : byte
{
    /// <summary>A query.</summary>
    Query,

    /// <summary>A mutation.</summary>
    Mutation,

    /// <summary>A subscription.</summary>
    Subscription,

    /// <summary>A field of a selection.</summary>
    Field,

    /// <summary>A fragment.</summary>
    FragmentDefinition,

    /// <summary>The use of a fragment.</summary>
    FragmentSpread,

    /// <summary>An inline fragment.</summary>
    InlineFragment,

    /// <summary>A variable of an operation.</summary>
    VariableDefinition,

    /// <summary>A schema.</summary>
    Schema,

    /// <summary>A scalar.</summary>
    Scalar,

    /// <summary>An object type.</summary>
    Object,

    /// <summary>A field of a type.</summary>
    FieldDefinition,

    /// <summary>An argument of a field or directive.</summary>
    ArgumentDefinition,

    /// <summary>An interface.</summary>
    Interface,

    /// <summary>A union.</summary>
    Union,

    /// <summary>An enum.</summary>
    Enum,

    /// <summary>A value of an enum.</summary>
    EnumValue,

    /// <summary>An input object.</summary>
    InputObject,

    /// <summary>A field of an input object.</summary>
    InputFieldDefinition,
}

/// <summary>The locations' names in documents.</summary>
public static class DirectiveLocations
{
    private static readonly string[] Names =
    [
        "QUERY", "MUTATION", "SUBSCRIPTION", "FIELD", "FRAGMENT_DEFINITION", "FRAGMENT_SPREAD", "INLINE_FRAGMENT",
        "VARIABLE_DEFINITION", "SCHEMA", "SCALAR", "OBJECT", "FIELD_DEFINITION", "ARGUMENT_DEFINITION", "INTERFACE", "UNION",
        "ENUM", "ENUM_VALUE", "INPUT_OBJECT", "INPUT_FIELD_DEFINITION",
    ];

    /// <summary>The name of a location, such as <c>FIELD_DEFINITION</c>.</summary>
    public static string NameOf(this DirectiveLocation location) => Names[(int)location];

    /// <summary>The location of a name; false when there is none of that name.</summary>
    public static bool TryParse(string name, out DirectiveLocation location)
    {
        var index = Array.IndexOf(Names, name);
        location = (DirectiveLocation)Math.Max(index, 0);
        return index >= 0;
    }
}
