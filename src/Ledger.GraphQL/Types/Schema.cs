using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Types;

/// <summary>A type system (§3): types, directives and root types. Immutable and thread-safe; creating it closes its types.</summary>
public sealed class Schema
{
    private readonly Dictionary<string, NamedType> _byName;
    private readonly Dictionary<string, DirectiveDefinition> _directives;
    private readonly Dictionary<CompositeType, ImmutableArray<ObjectType>> _possibleTypes;
    private readonly Dictionary<CompositeType, HashSet<CompositeType>> _subTypes;

    private Schema(SchemaDefinition definition, IReadOnlyList<NamedType> types)
    {
        Definition = definition;
        Types = [.. types];
        Directives =
        [
            .. definition.Directives,
            .. SpecifiedDirectives.All.Where(specified => definition.Directives.All(directive => directive.Name != specified.Name)),
        ];
        _byName = new Dictionary<string, NamedType>(StringComparer.Ordinal);
        foreach (var type in Types) _byName.TryAdd(type.Name, type);
        _directives = new Dictionary<string, DirectiveDefinition>(StringComparer.Ordinal);
        foreach (var directive in Directives) _directives.TryAdd(directive.Name, directive);
        _possibleTypes = Types.OfType<CompositeType>().ToDictionary(type => type, type => FindPossibleTypes(type, Types));
        _subTypes = Types.OfType<CompositeType>().ToDictionary(type => type, type => FindSubTypes(type, Types));
    }

    /// <summary><c>__typename</c> (§4.1), a field of every composite type. It has no resolver: the executor knows the name.</summary>
    public static FieldDefinition TypeNameField => Introspection.TypeName;

    /// <summary>The type of queries; null only for a schema that is never executed.</summary>
    public ObjectType? QueryType => Definition.Query;

    /// <summary>The type of mutations; null when there are none.</summary>
    public ObjectType? MutationType => Definition.Mutation;

    /// <summary>The type of subscriptions; null when there are none.</summary>
    public ObjectType? SubscriptionType => Definition.Subscription;

    /// <summary>In Markdown; null when there is none.</summary>
    public string? Description => Definition.Description;

    /// <summary>All types, those of introspection included, in the order in which the schema lists them.</summary>
    public ImmutableArray<NamedType> Types { get; }

    /// <summary>All directives: the schema's own, then those of the specification.</summary>
    public ImmutableArray<DirectiveDefinition> Directives { get; }

    internal SchemaDefinition Definition { get; }

    /// <summary>Creates a schema.</summary>
    /// <exception cref="InvalidSchemaException">It breaks a rule of section 3.</exception>
    public static Schema Create(SchemaDefinition definition) =>
        TryCreate(definition, out var schema, out var errors) ? schema : throw new InvalidSchemaException(errors);

    /// <summary>Creates a schema, unless it breaks a rule of section 3.</summary>
    /// <param name="definition">What it is created of.</param>
    /// <param name="schema">The schema when the answer is true.</param>
    /// <param name="errors">What is wrong when the answer is false, all of it.</param>
    public static bool TryCreate(SchemaDefinition definition, [NotNullWhen(true)] out Schema? schema, out ImmutableArray<GraphQLError> errors)
    {
        var created = CreateUnchecked(definition);
        errors = SchemaRules.Check(created);
        schema = errors.IsEmpty ? created : null;
        return errors.IsEmpty;
    }

    /// <summary>The type of a name; null when there is none.</summary>
    public NamedType? FindType(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The directive of a name; null when there is none.</summary>
    public DirectiveDefinition? FindDirective(string name) => _directives.GetValueOrDefault(name);

    /// <summary>The root type of a kind of operation; null when the schema has none.</summary>
    public ObjectType? RootType(OperationType operation) => operation switch
    {
        OperationType.Query => QueryType,
        OperationType.Mutation => MutationType,
        _ => SubscriptionType,
    };

    /// <summary>The field of a name, meta fields included (§4.1, §4.2); null when the type has none.</summary>
    public FieldDefinition? FindField(CompositeType type, string name)
    {
        if (name.StartsWith("__", StringComparison.Ordinal))
        {
            if (name == Introspection.TypeName.Name) return Introspection.TypeName;
            if (type == QueryType && name == Introspection.SchemaField.Name) return Introspection.SchemaField;
            if (type == QueryType && name == Introspection.TypeField.Name) return Introspection.TypeField;
        }

        return (type as FieldedType)?.Find(name);
    }

    /// <summary>The type that a document refers to; null when the schema has no type of that name.</summary>
    public GraphQLType? TypeOf(TypeNode node) => node switch
    {
        ListTypeNode list => TypeOf(list.Type)?.List(),
        NonNullTypeNode nonNull => TypeOf(nonNull.Type)?.NonNull(),
        _ => FindType(((NamedTypeNode)node).Name.Value),
    };

    /// <summary>The object types that a value of a type may have (<c>GetPossibleTypes</c>, §5.5.2.3); of an object type itself.</summary>
    public ImmutableArray<ObjectType> PossibleTypes(CompositeType type) => _possibleTypes.GetValueOrDefault(type, []);

    /// <summary>Whether an object type or interface is a member or implementation of an abstract type.</summary>
    public bool IsSubType(CompositeType abstractType, CompositeType type) => _subTypes.TryGetValue(abstractType, out var types) && types.Contains(type);

    /// <summary>Whether a value of one type is a value of another (<c>IsValidImplementationFieldType</c>, §3.6).</summary>
    public bool IsSubType(GraphQLType superType, GraphQLType type) => (superType, type) switch
    {
        _ when superType == type => true,
        (NonNullType super, NonNullType sub) => IsSubType(super.OfType, sub.OfType),
        (NonNullType, _) => false,
        (_, NonNullType sub) => IsSubType(superType, sub.OfType),
        (ListType super, ListType sub) => IsSubType(super.Item, sub.Item),
        (CompositeType super, CompositeType sub) => IsSubType(super, sub),
        _ => false,
    };

    /// <summary>Whether some object type is possible for both (§5.5.2.3).</summary>
    public bool Overlaps(CompositeType one, CompositeType other) =>
        one == other || PossibleTypes(one).Any(type => type == other || PossibleTypes(other).Contains(type));

    /// <summary>
    /// The object type of a value (<c>ResolveAbstractType</c>, §6.4.3); null when the type's delegate and the .NET type of the value lead
    /// to none that is possible.
    /// </summary>
    public ObjectType? ResolveType(CompositeType type, object value)
    {
        if (type is ObjectType objectType) return objectType;
        var possible = PossibleTypes(type);
        var named = type is InterfaceType contract ? contract.TypeOf(value) : ((UnionType)type).TypeOf(value);
        if (named is not null) return possible.Contains(named) ? named : null;
        foreach (var candidate in possible)
        {
            if (candidate.Accepts(value)) return candidate;
        }

        return null;
    }

    internal static Schema CreateUnchecked(SchemaDefinition definition)
    {
        var types = TypeCollector.Collect(definition);
        var schema = new Schema(definition, types);
        DefaultValues.Coerce(schema);
        foreach (var type in types) type.Close();
        return schema;
    }

    private static ImmutableArray<ObjectType> FindPossibleTypes(CompositeType type, ImmutableArray<NamedType> all) => type switch
    {
        ObjectType self => [self],
        UnionType union => [.. union.Types],
        InterfaceType contract => [.. all.OfType<ObjectType>().Where(each => each.Interfaces.Contains(contract))],
        _ => [],
    };

    private static HashSet<CompositeType> FindSubTypes(CompositeType type, ImmutableArray<NamedType> all) => type switch
    {
        UnionType union => [.. union.Types],
        InterfaceType contract => [.. all.OfType<FieldedType>().Where(each => each.Interfaces.Contains(contract))],
        _ => [],
    };
}
