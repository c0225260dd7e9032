using System.Diagnostics.CodeAnalysis;
using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Types;

/// <summary>A value of an enum (§3.9).</summary>
/// <param name="Name">Its name in documents and responses.</param>
/// <param name="Value">What resolvers give and get; the name itself for an enum that was read from text.</param>
public sealed record EnumValueDefinition(string Name, object Value)
{
    /// <summary>In Markdown; null when there is none.</summary>
    public string? Description { get; init; }

    /// <summary>Why it should not be used any more; null when it may.</summary>
    public string? DeprecationReason { get; init; }

    /// <summary>The definition it was read from; null for one written in C#.</summary>
    internal EnumValueDefinitionNode? Syntax { get; init; }

    /// <summary>The name as JSON.</summary>
    internal byte[] Json { get; } = System.Text.Encoding.UTF8.GetBytes($"\"{Name}\"");
}

/// <summary>An enum (§3.9).</summary>
public abstract class EnumType : LeafType
{
    private readonly List<EnumValueDefinition> _values = [];
    private readonly Dictionary<string, EnumValueDefinition> _byName = new(StringComparer.Ordinal);

    private protected EnumType(string name) : base(name)
    {
    }

    /// <summary>Its values in the order they were added.</summary>
    public IReadOnlyList<EnumValueDefinition> Values => _values;

    /// <summary>The value of a name; null when there is none.</summary>
    public EnumValueDefinition? Find(string name) => _byName.GetValueOrDefault(name);

    /// <inheritdoc/>
    public override bool TryCoerce(in LeafInput input, out CoercedValue value, [NotNullWhen(false)] out string? problem)
    {
        var isName = input.Kind == (input.Literal is null ? LeafInputKind.String : LeafInputKind.Enum);
        var found = isName ? Find(input.Text) : null;
        value = found is null ? default : CoercedValue.OfEnum(found);
        problem = (isName, found, input.Literal) switch
        {
            (_, not null, _) => null,
            (true, _, _) => $"Value \"{input.Text}\" does not exist in \"{Name}\" enum.",
            (false, _, null) => $"Enum \"{Name}\" cannot represent non-string value: {input}.",
            _ => $"Enum \"{Name}\" cannot represent non-enum value: {input}.",
        };
        return found is not null;
    }

    /// <exception cref="ArgumentException">There is a value of that name already.</exception>
    private protected virtual void AddDefinition(EnumValueDefinition value)
    {
        EnsureOpen();
        _byName.Add(value.Name, value);
        _values.Add(value);
    }
}

/// <summary>An enum whose values are <typeparamref name="T"/> in .NET: an enum, or any type with equality.</summary>
/// <typeparam name="T">The .NET type of the values.</typeparam>
/// <param name="name">Its name.</param>
public sealed class EnumType<T>(string name) : EnumType(name), IOutput<T>
    where T : notnull
{
    private readonly Dictionary<T, EnumValueDefinition> _byValue = [];
    private LeafCompletion<T>? _completion;

    GraphQLType IOutput<T>.Type => this;

    internal override Completion Completion => _completion ??= new EnumCompletion<T>(this);

    /// <summary>Adds a value.</summary>
    /// <param name="valueName">Its name in documents, by convention in capitals.</param>
    /// <param name="value">What resolvers give and get.</param>
    /// <param name="description">In Markdown.</param>
    /// <param name="deprecationReason">Why it should not be used any more.</param>
    /// <exception cref="ArgumentException">The name or the value is there already.</exception>
    public EnumType<T> Value(string valueName, T value, string? description = null, string? deprecationReason = null)
    {
        AddDefinition(new EnumValueDefinition(valueName, value) { Description = description, DeprecationReason = deprecationReason });
        return this;
    }

    /// <summary>The definition of a value; null when the enum does not have it.</summary>
    public EnumValueDefinition? DefinitionOf(T value) => _byValue.GetValueOrDefault(value);

    /// <inheritdoc/>
    public override ListType<T> List() => (ListType<T>)base.List();

    /// <inheritdoc/>
    public override NonNullType<T> NonNull() => (NonNullType<T>)base.NonNull();

    internal void Add(EnumValueDefinition value) => AddDefinition(value);

    private protected override void AddDefinition(EnumValueDefinition value)
    {
        base.AddDefinition(value);
        _byValue.Add((T)value.Value, value);
    }

    private protected override ListType CreateList() => new ListType<T>(this);

    private protected override NonNullType CreateNonNull() => new NonNullType<T>(this);
}
