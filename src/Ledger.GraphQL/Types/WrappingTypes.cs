namespace Ledger.GraphQL.Types;

/// <summary>A list of a type (§3.11).</summary>
public class ListType : GraphQLType
{
    private Completion? _completion;

    internal ListType(GraphQLType item) => Item = item;

    /// <summary>The type of its items.</summary>
    public GraphQLType Item { get; }

    /// <inheritdoc/>
    public override NamedType Named => Item.Named;

    internal override Completion Completion => _completion ??= CreateCompletion();

    /// <inheritdoc/>
    public override string ToString() => $"[{Item}]";

    private protected virtual Completion CreateCompletion() => new SequenceCompletion(Item.Completion, Item is NonNullType);
}

/// <summary>A list for resolvers that give lists of <typeparamref name="T"/>.</summary>
/// <typeparam name="T">The .NET type of the items.</typeparam>
public sealed class ListType<T> : ListType, IOutput<IReadOnlyList<T>>
{
    internal ListType(IOutput<T> item) : base(item.Type)
    {
    }

    GraphQLType IOutput<IReadOnlyList<T>>.Type => this;

    /// <inheritdoc/>
    public override ListType<IReadOnlyList<T>> List() => (ListType<IReadOnlyList<T>>)base.List();

    /// <inheritdoc/>
    public override NonNullType<IReadOnlyList<T>> NonNull() => (NonNullType<IReadOnlyList<T>>)base.NonNull();

    private protected override ListType CreateList() => new ListType<IReadOnlyList<T>>(this);

    private protected override NonNullType CreateNonNull() => new NonNullType<IReadOnlyList<T>>(this);

    private protected override Completion CreateCompletion() => Item.Completion is LeafCompletion<T> leaf
        ? new LeafListCompletion<T>(leaf, Item is NonNullType)
        : new ListCompletion<T>(Item.Completion, Item is NonNullType);
}

/// <summary>A type without null (§3.12).</summary>
public class NonNullType : GraphQLType
{
    internal NonNullType(GraphQLType ofType) => OfType = ofType;

    /// <summary>The type, which is not non-null itself.</summary>
    public GraphQLType OfType { get; }

    /// <inheritdoc/>
    public override NamedType Named => OfType.Named;

    internal override Completion Completion => OfType.Completion;

    /// <inheritdoc/>
    public override string ToString() => $"{OfType}!";

    private protected override NonNullType CreateNonNull() => throw new InvalidOperationException($"{this} is non-null already.");
}

/// <summary>A type without null for resolvers that give <typeparamref name="T"/>.</summary>
/// <typeparam name="T">The .NET type of the values.</typeparam>
public sealed class NonNullType<T> : NonNullType, IOutput<T>
{
    internal NonNullType(IOutput<T> ofType) : base(ofType.Type)
    {
    }

    GraphQLType IOutput<T>.Type => this;

    /// <inheritdoc/>
    public override ListType<T> List() => (ListType<T>)base.List();

    private protected override ListType CreateList() => new ListType<T>(this);
}
