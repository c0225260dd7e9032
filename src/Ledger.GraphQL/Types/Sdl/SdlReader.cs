using System.Collections.Immutable;
using Ledger.GraphQL.Language;
using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Types;

/// <summary>
/// Turns a document into types: first every type by name, then what is in them, so that they may refer to one another. The document has
/// kept <see cref="Validation.ValidationRules.TypeSystem"/>: every name is defined, and once. What C# would not let a host write beyond
/// that is an error here.
/// </summary>
internal sealed class SdlReader
{
    private readonly DocumentNode _document;
    private readonly SdlOptions _options;
    private readonly SdlCosts _costs;
    private readonly Dictionary<string, NamedType> _types = new(StringComparer.Ordinal);
    private readonly ImmutableArray<GraphQLError>.Builder _errors = ImmutableArray.CreateBuilder<GraphQLError>();

    public SdlReader(DocumentNode document, SdlOptions options) => (_document, _options, _costs) = (document, options, new SdlCosts(this));

    public ImmutableArray<GraphQLError> Errors => _errors.ToImmutable();

    public SchemaDefinition Read()
    {
        foreach (var other in _document.Definitions.Where(definition => definition is not TypeSystemNode))
            Report("Only definitions of a type system are expected.", other);
        var nodes = _document.Definitions.OfType<TypeDefinitionNode>().ToLookup(node => node.Name.Value);
        var defined = _document.Definitions.OfType<TypeDefinitionNode>().Where(node => !node.IsExtension && Scalars.Find(node.Name.Value) is null).ToList();
        foreach (var node in defined) _types.Add(node.Name.Value, Create(node, [.. nodes[node.Name.Value].OrderBy(each => each.IsExtension)]));
        foreach (var node in _document.Definitions.OfType<TypeDefinitionNode>()) Fill(node);
        return ReadSchema([.. defined.Select(node => _types[node.Name.Value])]);
    }

    public void Report(string message, params ReadOnlySpan<Node> nodes) => _errors.Add(_document.Error(message, ErrorCodes.InvalidSchema, nodes));

    private SchemaDefinition ReadSchema(ImmutableArray<NamedType> types)
    {
        var schemas = _document.Definitions.OfType<SchemaDefinitionNode>().OrderBy(node => node.IsExtension).ToImmutableArray();
        var roots = new Dictionary<OperationType, ObjectType>();
        foreach (var root in schemas.SelectMany(node => node.OperationTypes))
        {
            if (Find(root.Type) is ObjectType type) roots.Add(root.Operation, type);
            else Report($"{SchemaPrinter.DefaultName(root.Operation)} root type must be Object type, it cannot be {root.Type.Name.Value}.", root.Type);
        }

        // Without a definition of its own the schema has the types of the usual names (§3.3.1).
        var isImplicit = schemas.All(node => node.IsExtension);
        ObjectType? Root(OperationType operation) => roots.GetValueOrDefault(operation)
            ?? (isImplicit ? _types.GetValueOrDefault(SchemaPrinter.DefaultName(operation)) as ObjectType : null);
        return new SchemaDefinition
        {
            Query = Root(OperationType.Query),
            Mutation = Root(OperationType.Mutation),
            Subscription = Root(OperationType.Subscription),
            Description = schemas.FirstOrDefault(node => !node.IsExtension)?.Description?.Value,
            Types = types,
            Directives = [.. _document.Definitions.OfType<DirectiveDefinitionNode>().Select(CreateDirective)],
            Source = _document.Source,
            Syntax = schemas,
        };
    }

    private NamedType Create(TypeDefinitionNode node, ImmutableArray<TypeDefinitionNode> all)
    {
        var name = node.Name.Value;
        var description = node.Description?.Value;
        var directives = all.SelectMany(each => each.Directives).ToImmutableArray();
        var weight = _costs.WeightOf(directives);
        return node switch
        {
            ScalarTypeDefinitionNode => new AnyScalar(name) { Description = description, SyntaxNodes = all, CostWeight = weight, SpecifiedBy = SdlDirectives.SpecifiedBy(directives) },
            ObjectTypeDefinitionNode => new ObjectType<object>(name) { Description = description, SyntaxNodes = all, CostWeight = weight },
            InterfaceTypeDefinitionNode => new InterfaceType<object>(name, TypeOf) { Description = description, SyntaxNodes = all },
            UnionTypeDefinitionNode => new UnionType<object>(name, TypeOf) { Description = description, SyntaxNodes = all },
            EnumTypeDefinitionNode => new EnumType<string>(name) { Description = description, SyntaxNodes = all, CostWeight = weight },
            _ => new InputObjectType(name) { Description = description, SyntaxNodes = all, IsOneOf = SdlDirectives.IsOneOf(directives) },
        };
    }

    private ObjectType? TypeOf(object value) => _options.TypeNameOf(value) is { } name ? _types.GetValueOrDefault(name) as ObjectType : null;

    private void Fill(TypeDefinitionNode node)
    {
        switch (node, _types.GetValueOrDefault(node.Name.Value))
        {
            case (ObjectTypeDefinitionNode { Interfaces: var interfaces, Fields: var fields }, ObjectType type):
                FillFields(type, interfaces, fields);
                break;
            case (InterfaceTypeDefinitionNode { Interfaces: var interfaces, Fields: var fields }, InterfaceType type):
                FillFields(type, interfaces, fields);
                break;
            case (UnionTypeDefinitionNode union, UnionType type):
                FillUnion(type, union);
                break;
            case (EnumTypeDefinitionNode choices, EnumType<string> type):
                FillEnum(type, choices);
                break;
            case (InputObjectTypeDefinitionNode input, InputObjectType type):
                foreach (var field in input.Fields) type.Add(CreateInput(field));
                break;
        }
    }

    private void FillFields(FieldedType type, ImmutableArray<NamedTypeNode> interfaces, ImmutableArray<FieldDefinitionNode> fields)
    {
        foreach (var node in interfaces)
        {
            if (Find(node) is InterfaceType contract) type.Implement(contract);
            else Report($"Type {type} must only implement Interface types, it cannot implement {node.Name.Value}.", node);
        }

        foreach (var node in fields)
        {
            var name = node.Name.Value;
            var resolver = type is ObjectType ? _options.Resolve(type.Name, name) : null;
            var field = type.Add(new FieldDefinition(name, TypeOf(node.Type), resolver) { Syntax = node });
            field.Describe(node.Description?.Value).Deprecate(SdlDirectives.DeprecationReason(node.Directives));
            if (_costs.WeightOf(node.Directives) is { } weight) field.Cost(weight);
            if (_costs.SizeOf(node.Directives) is { } size) field.Sized(size);
            foreach (var argument in node.Arguments) field.Add(CreateInput(argument));
        }
    }

    private void FillUnion(UnionType type, UnionTypeDefinitionNode union)
    {
        foreach (var node in union.Types)
        {
            if (Find(node) is ObjectType member) type.Include(member);
            else Report($"Union type {type} can only include Object types, it cannot include {node.Name.Value}.", node);
        }
    }

    private static void FillEnum(EnumType<string> type, EnumTypeDefinitionNode choices)
    {
        foreach (var node in choices.Values)
        {
            var name = node.Name.Value;
            type.Add(new EnumValueDefinition(name, name)
            {
                Description = node.Description?.Value,
                DeprecationReason = SdlDirectives.DeprecationReason(node.Directives),
                Syntax = node,
            });
        }
    }

    private DirectiveDefinition CreateDirective(DirectiveDefinitionNode node) =>
        new(node.Name.Value, [.. node.Locations.Select(name => DirectiveLocations.TryParse(name.Value, out var location) ? location : default)])
        {
            Description = node.Description?.Value,
            IsRepeatable = node.IsRepeatable,
            Arguments = [.. node.Arguments.Select(CreateInput)],
            Syntax = node,
        };

    private InputValueDefinition CreateInput(InputValueDefinitionNode node) => new(node.Name.Value, TypeOf(node.Type))
    {
        Description = node.Description?.Value,
        DeprecationReason = SdlDirectives.DeprecationReason(node.Directives),
        DefaultLiteral = node.DefaultValue,
        CostWeight = _costs.WeightOf(node.Directives),
        Syntax = node,
    };

    private GraphQLType TypeOf(TypeNode node) => node switch
    {
        ListTypeNode list => TypeOf(list.Type).List(),
        NonNullTypeNode nonNull => TypeOf(nonNull.Type).NonNull(),
        _ => Find((NamedTypeNode)node),
    };

    private NamedType Find(NamedTypeNode node) =>
        Scalars.Find(node.Name.Value) ?? Introspection.Find(node.Name.Value) ?? _types[node.Name.Value];
}
