using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Ledger.GraphQL.Types;

/// <summary>
/// An object type whose values are <typeparamref name="TSource"/>. Fields are added with their type and a resolver that must fit it; a
/// resolver of a value type or class may give null, whether the field's type allows it or not: null where it is not allowed is a field
/// error.
/// </summary>
/// <typeparam name="TSource">The .NET type of its values.</typeparam>
/// <param name="name">Its name.</param>
public sealed class ObjectType<TSource>(string name) : ObjectType(name), IOutput<TSource>
{
    GraphQLType IOutput<TSource>.Type => this;

    /// <inheritdoc/>
    public override bool Accepts(object value) => value is TSource;

    /// <summary>Adds a field whose value is there at once: a string, a list, an object.</summary>
    public FieldDefinition Field<T>(string fieldName, IOutput<T> type, Func<TSource, T?> resolve)
        where T : class => Field(fieldName, type, (source, _) => resolve(source));

    /// <inheritdoc cref="Field{T}(string, IOutput{T}, Func{TSource, T})"/>
    public FieldDefinition Field<T>(string fieldName, IOutput<T> type, Func<TSource, ResolverContext, T?> resolve)
        where T : class => Add(new FieldDefinition(fieldName, type.Type, type.Type.Completion is LeafCompletion<T> leaf
            ? new ReferenceLeafResolver<TSource, T>(resolve, leaf)
            : new DelegateResolver<TSource>(resolve)));

    /// <summary>Adds a field whose value is there at once: a number, a boolean, an enum value.</summary>
    public FieldDefinition Field<T>(string fieldName, IOutput<T> type, Func<TSource, T?> resolve)
        where T : struct => Field(fieldName, type, (source, _) => resolve(source));

    /// <inheritdoc cref="Field{T}(string, IOutput{T}, Func{TSource, Nullable{T}})"/>
    public FieldDefinition Field<T>(string fieldName, IOutput<T> type, Func<TSource, ResolverContext, T?> resolve)
        where T : struct => Add(new FieldDefinition(fieldName, type.Type, type.Type.Completion is LeafCompletion<T> leaf
            ? new ValueLeafResolver<TSource, T>(resolve, leaf)
            : new DelegateResolver<TSource>((source, context) => resolve(source, context))));

    /// <summary>Adds a field whose value is an immutable array; it is read without a box.</summary>
    public FieldDefinition Field<TItem>(string fieldName, IOutput<IReadOnlyList<TItem>> type, Func<TSource, ImmutableArray<TItem>> resolve) =>
        Field<IReadOnlyList<TItem>>(fieldName, type, (source, _) => ImmutableCollectionsMarshal.AsArray(resolve(source)));

    /// <summary>Adds a field whose value comes later.</summary>
    public FieldDefinition AsyncField<T>(string fieldName, IOutput<T> type, Func<TSource, ResolverContext, ValueTask<T?>> resolve)
        where T : class => Add(new FieldDefinition(fieldName, type.Type, new TypedAsyncResolver<TSource, T?>(resolve)));

    /// <inheritdoc cref="AsyncField{T}(string, IOutput{T}, Func{TSource, ResolverContext, ValueTask{T}})"/>
    public FieldDefinition AsyncField<T>(string fieldName, IOutput<T> type, Func<TSource, ResolverContext, ValueTask<T?>> resolve)
        where T : struct => Add(new FieldDefinition(fieldName, type.Type, new TypedAsyncResolver<TSource, T?>(resolve)));

    /// <summary>Adds a field that is looked up for all objects of a list at once.</summary>
    /// <param name="fieldName">Its name.</param>
    /// <param name="type">Its type.</param>
    /// <param name="key">The key of an object.</param>
    /// <param name="load">The values of keys, each key once; a key that is not in the answer has null.</param>
    public FieldDefinition BatchField<TKey, T>(
        string fieldName, IOutput<T> type, Func<TSource, TKey> key, Func<IReadOnlyList<TKey>, ResolverContext, ValueTask<IReadOnlyDictionary<TKey, T>>> load)
        where TKey : notnull => Add(new FieldDefinition(fieldName, type.Type, new KeyedBatchResolver<TSource, TKey, T>(key, load)));

    /// <summary>Adds a root field of a subscription.</summary>
    /// <param name="fieldName">Its name.</param>
    /// <param name="type">Its type.</param>
    /// <param name="subscribe">The events; each element is the field's value for one event.</param>
    public FieldDefinition StreamField<T>(string fieldName, IOutput<T> type, Func<TSource, ResolverContext, IAsyncEnumerable<T>> subscribe)
        where T : class => Add(new FieldDefinition(fieldName, type.Type, new DelegateStreamResolver((source, context) => subscribe((TSource)source!, context))));

    /// <summary>Adds a field with a resolver that is bound to no .NET type.</summary>
    /// <param name="fieldName">Its name.</param>
    /// <param name="type">An output type.</param>
    /// <param name="resolver">How it comes by its value; null for a schema that is not executed.</param>
    public FieldDefinition Field(string fieldName, GraphQLType type, Resolver? resolver) => Add(new FieldDefinition(fieldName, type, resolver));

    /// <inheritdoc/>
    public override ListType<TSource> List() => (ListType<TSource>)base.List();

    /// <inheritdoc/>
    public override NonNullType<TSource> NonNull() => (NonNullType<TSource>)base.NonNull();

    private protected override ListType CreateList() => new ListType<TSource>(this);

    private protected override NonNullType CreateNonNull() => new NonNullType<TSource>(this);
}
