namespace Ledger.GraphQL.Types;

/// <summary>An interface (§3.7).</summary>
public abstract class InterfaceType : FieldedType
{
    private protected InterfaceType(string name) : base(name)
    {
    }

    /// <summary>Adds a field that all its implementations have.</summary>
    public FieldDefinition Field(string fieldName, GraphQLType type) => Add(new FieldDefinition(fieldName, type, resolver: null));

    internal abstract ObjectType? TypeOf(object value);
}

/// <summary>An interface whose values are <typeparamref name="T"/>.</summary>
/// <typeparam name="T">The .NET type of its values: a base type or interface of theirs.</typeparam>
/// <param name="name">Its name.</param>
/// <param name="typeOf">The object type of a value; by default the first implementation that accepts its .NET type.</param>
public sealed class InterfaceType<T>(string name, Func<T, ObjectType?>? typeOf = null) : InterfaceType(name), IOutput<T>
{
    GraphQLType IOutput<T>.Type => this;

    /// <inheritdoc/>
    public override ListType<T> List() => (ListType<T>)base.List();

    /// <inheritdoc/>
    public override NonNullType<T> NonNull() => (NonNullType<T>)base.NonNull();

    internal override ObjectType? TypeOf(object value) => typeOf is not null && value is T typed ? typeOf(typed) : null;

    private protected override ListType CreateList() => new ListType<T>(this);

    private protected override NonNullType CreateNonNull() => new NonNullType<T>(this);
}

/// <summary>A union (§3.8).</summary>
public abstract class UnionType : CompositeType
{
    private readonly List<ObjectType> _types = [];

    private protected UnionType(string name) : base(name)
    {
    }

    /// <summary>Its members in the order they were added.</summary>
    public IReadOnlyList<ObjectType> Types => _types;

    /// <summary>Adds a member.</summary>
    public void Include(ObjectType type)
    {
        EnsureOpen();
        _types.Add(type);
    }

    internal abstract ObjectType? TypeOf(object value);
}

/// <summary>A union whose values are <typeparamref name="T"/>.</summary>
/// <typeparam name="T">The .NET type of its values, often <see cref="object"/>.</typeparam>
/// <param name="name">Its name.</param>
/// <param name="typeOf">The object type of a value; by default the first member that accepts its .NET type.</param>
public sealed class UnionType<T>(string name, Func<T, ObjectType?>? typeOf = null) : UnionType(name), IOutput<T>
{
    GraphQLType IOutput<T>.Type => this;

    /// <inheritdoc/>
    public override ListType<T> List() => (ListType<T>)base.List();

    /// <inheritdoc/>
    public override NonNullType<T> NonNull() => (NonNullType<T>)base.NonNull();

    internal override ObjectType? TypeOf(object value) => typeOf is not null && value is T typed ? typeOf(typed) : null;

    private protected override ListType CreateList() => new ListType<T>(this);

    private protected override NonNullType CreateNonNull() => new NonNullType<T>(this);
}
