namespace Ledger.GraphQL.Types;

/// <summary>An input object (§3.10).</summary>
/// <param name="name">Its name.</param>
public sealed class InputObjectType(string name) : NamedType(name)
{
    private readonly List<InputValueDefinition> _fields = [];

    /// <summary>Whether exactly one field has to be given, and not null (<c>@oneOf</c>, §3.10.1).</summary>
    public bool IsOneOf { get; init; }

    /// <summary>Its fields in the order they were added.</summary>
    public IReadOnlyList<InputValueDefinition> Fields => _fields;

    internal override Completion Completion => throw new InvalidOperationException($"{Name} is an input type: no field can be of it.");

    /// <summary>The index of a field in <see cref="Fields"/>; negative when there is none of that name.</summary>
    public int IndexOf(string fieldName) => _fields.FindIndex(field => field.Name == fieldName);

    /// <summary>The field of a name; null when there is none.</summary>
    public InputValueDefinition? Find(string fieldName) => _fields.Find(field => field.Name == fieldName);

    /// <summary>Adds a field.</summary>
    /// <param name="fieldName">Its name.</param>
    /// <param name="type">An input type.</param>
    /// <param name="defaultValue">A constant as GraphQL writes it.</param>
    /// <param name="description">In Markdown.</param>
    /// <param name="deprecationReason">Why it should not be used any more.</param>
    /// <exception cref="ArgumentException">The default is not a constant of GraphQL, or there is a field of that name.</exception>
    public InputObjectType Field(
        string fieldName, GraphQLType type, string? defaultValue = null, string? description = null, string? deprecationReason = null) =>
        Add(new InputValueDefinition(fieldName, type)
        {
            DefaultLiteral = defaultValue is null ? null : ConstantLiteral.Parse(defaultValue),
            Description = description,
            DeprecationReason = deprecationReason,
        });

    /// <summary>Adds a field.</summary>
    /// <exception cref="ArgumentException">There is a field of that name.</exception>
    public InputObjectType Add(InputValueDefinition field)
    {
        EnsureOpen();
        if (Find(field.Name) is not null) throw new ArgumentException($"There is an input field \"{field.Name}\" already.", nameof(field));
        _fields.Add(field);
        return this;
    }
}
