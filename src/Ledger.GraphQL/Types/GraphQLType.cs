namespace Ledger.GraphQL.Types;

/// <summary>
/// A type of a type system (§3.4): a named type, or a list or non-null type around one. Every type has one list and one non-null type
/// around it, so types are compared by reference. Thread-safe once its schema is created.
/// </summary>
public abstract class GraphQLType
{
    private ListType? _list;
    private NonNullType? _nonNull;

    private protected GraphQLType()
    {
    }

    /// <summary>The type without lists and non-nulls around it.</summary>
    public abstract NamedType Named { get; }

    /// <summary>Whether arguments and input fields may have it (<c>IsInputType</c>, §3.4.2).</summary>
    public bool IsInput => Named is LeafType or InputObjectType;

    /// <summary>Whether fields may have it (<c>IsOutputType</c>, §3.4.2).</summary>
    public bool IsOutput => Named is not InputObjectType;

    /// <summary>The type without a non-null around it.</summary>
    public GraphQLType Nullable => this is NonNullType nonNull ? nonNull.OfType : this;

    /// <summary>What values of it become in a response.</summary>
    internal abstract Completion Completion { get; }

    /// <summary>The list of this type.</summary>
    public virtual ListType List() => _list ?? Interlocked.CompareExchange(ref _list, CreateList(), null) ?? _list;

    /// <summary>This type without null.</summary>
    /// <exception cref="InvalidOperationException">It is non-null already (§3.12).</exception>
    public virtual NonNullType NonNull() => _nonNull ?? Interlocked.CompareExchange(ref _nonNull, CreateNonNull(), null) ?? _nonNull;

    /// <summary>The type as documents write it, such as <c>[Gate!]!</c>.</summary>
    public abstract override string ToString();

    private protected virtual ListType CreateList() => new(this);

    private protected virtual NonNullType CreateNonNull() => new(this);
}

/// <summary>A type for fields whose resolvers give <typeparamref name="T"/>: what ties a resolver to its field at compile time.</summary>
/// <typeparam name="T">The .NET type of the values. Whether there is null is the GraphQL type's business, not this parameter's.</typeparam>
public interface IOutput<T>
{
    /// <summary>The type.</summary>
    GraphQLType Type { get; }
}
